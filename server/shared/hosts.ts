/** What a host is by its name. */
import { isIP } from "node:net";

/** Whether only this machine can reach an address, or means itself by a name. */
export function isLoopback(host: string): boolean {
  return isThisMachine(host) || host.toLowerCase().endsWith(".localhost");
}

/** The same without the names below localhost: who sends a secret there has only a resolver's word for where they lead. */
export function isThisMachine(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/** Whether a Host header names a service: by a loopback name, or by one of its own. */
export function ownHost(hosts: readonly string[]): (hostname: string) => boolean {
  const own = new Set(hosts.map(spelled));
  return (hostname) => isLoopback(hostname) || own.has(hostname.toLowerCase());
}

/** The name or address of a Host header, without its port. */
export function nameIn(host: string): string {
  return host.replace(/:\d+$/, "");
}

/** As a URL or a Host header spells it: an IPv6 address in brackets. */
export function spelled(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
