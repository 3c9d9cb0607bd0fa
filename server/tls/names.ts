/** The names in the certificate of a service on this machine, and the name constraints of a local CA. */
import { BlockList, isIP, isIPv6 } from "node:net";

const loopback: readonly string[] = ["localhost", "127.0.0.1", "::1"];

/**
 * Networks that cannot be reached from outside: loopback, "any address", link-local, private (RFC 1918, RFC 4193) and
 * shared (RFC 6598).
 */
const privateNetworks: readonly string[] = [
  "127.0.0.0/8",
  "0.0.0.0/32",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "::1/128",
  "::/128",
  "fc00::/7",
  "fe80::/10",
];

/** Returns the names for the certificate of a service that listens on `host`: the loopback names and `host`. */
export function certificateNamesFor(host: string): readonly string[] {
  return [...new Set([...loopback, ...normalizeHost(host)])];
}

/**
 * Normalizes a host as URLs do: in lower case, with addresses in their shortest form and international names in ASCII.
 */
function normalizeHost(host: string): readonly string[] {
  const [address = ""] = host.split("%");
  const origin = `http://${isIPv6(host) ? `[${address}]` : host}`;
  // An invalid host is reported later, when the service tries to listen on it.
  return URL.canParse(origin) ? [new URL(origin).hostname.replace(/^\[(.*)\]$/, "$1")] : [];
}

/** Returns the name constraints of a new CA, with addresses as CIDR blocks. */
export function permittedNamesFor(names: readonly string[]): readonly string[] {
  const others = names.filter((name) => !isPrivate(name));
  return ["localhost", ...others.map(toConstraint), ...privateNetworks];
}

/** Whether a CA with these name constraints may sign a certificate for a name. */
export function isPermitted(name: string, permitted: readonly string[]): boolean {
  return isPrivate(name) || permitted.includes(toConstraint(name));
}

function isPrivate(name: string): boolean {
  if (isIP(name) === 0) return name === "localhost";
  return privateBlocks().check(name, isIPv6(name) ? "ipv6" : "ipv4");
}

function toConstraint(name: string): string {
  const family = isIP(name);
  if (family === 0) return name;
  return `${name}/${family === 6 ? 128 : 32}`;
}

function privateBlocks(): BlockList {
  const list = new BlockList();
  for (const block of privateNetworks) {
    const [address = "", bits] = block.split("/");
    list.addSubnet(address, Number(bits), isIPv6(address) ? "ipv6" : "ipv4");
  }
  return list;
}
