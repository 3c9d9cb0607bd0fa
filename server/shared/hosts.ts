/** Host names and addresses. */
import { isIP } from "node:net";

/**
 * Whether a host is this machine. This is true of loopback addresses, `localhost`, and names that end in `.localhost`.
 */
export function isLoopback(host: string): boolean {
  return isLocalhost(host) || host.toLowerCase().endsWith(".localhost");
}

/**
 * Whether a host is a loopback address or `localhost`. Names that end in `.localhost` are excluded, because a resolver
 * could resolve them to another machine, which would then receive a secret.
 */
export function isLocalhost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/** Returns a function that checks whether the name in a Host header is a loopback name or one of these hosts. */
export function createHostCheck(hosts: readonly string[]): (hostname: string) => boolean {
  const own = new Set(hosts.map(toUrlHost));
  return (hostname) => isLoopback(hostname) || own.has(hostname.toLowerCase());
}

/** The name or address in a Host header, without the port. */
export function withoutPort(host: string): string {
  return host.replace(/:\d+$/, "");
}

/** Formats a host for a URL or a Host header: encloses an IPv6 address in brackets. */
export function toUrlHost(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
