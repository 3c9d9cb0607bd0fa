/** Host names and addresses. */
import { isIP } from "node:net";

/** Whether a host is this machine: a loopback address, localhost, or a name below localhost. */
export function isLoopback(host: string): boolean {
  return isLocalhost(host) || host.toLowerCase().endsWith(".localhost");
}

/**
 * Whether a host is a loopback address or localhost. Names below localhost are excluded, because a resolver could
 * direct them to another machine, which would then receive a secret.
 */
export function isLocalhost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/** Makes a check whether the name in a Host header is a loopback name or one of these hosts. */
export function createHostCheck(hosts: readonly string[]): (hostname: string) => boolean {
  const own = new Set(hosts.map(toUrlHost));
  return (hostname) => isLoopback(hostname) || own.has(hostname.toLowerCase());
}

/** The name or address in a Host header, without the port. */
export function withoutPort(host: string): string {
  return host.replace(/:\d+$/, "");
}

/** A host in the form of URLs and Host headers, with brackets around an IPv6 address. */
export function toUrlHost(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
