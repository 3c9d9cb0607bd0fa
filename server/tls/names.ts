/** The names of a service on this machine, and which of them a local CA may vouch for. */
import { BlockList, isIP, isIPv6 } from "node:net";

const loopback: readonly string[] = ["localhost", "127.0.0.1", "::1"];

/**
 * Networks that only who is inside them reaches: loopback, "any address", link-local, private (RFC 1918, RFC 4193) and
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

/** What a certificate of a service that listens on a host is valid for: the loopback's names, and the host. */
export function namesOf(host: string): readonly string[] {
  return [...new Set([...loopback, ...normal(host)])];
}

/** As URLs have it: in small letters, an address in its shortest form, a name of other alphabets in ASCII. */
function normal(host: string): readonly string[] {
  const [address = ""] = host.split("%");
  const origin = `http://${isIPv6(host) ? `[${address}]` : host}`;
  // What is no host is said where the service tries to listen on it.
  return URL.canParse(origin) ? [new URL(origin).hostname.replace(/^\[(.*)\]$/, "$1")] : [];
}

/** What a new CA may vouch for: names as they are, addresses as CIDR blocks. */
export function permittedFor(names: readonly string[]): readonly string[] {
  const others = names.filter((name) => !isPrivate(name));
  return ["localhost", ...others.map(asBlock), ...privateNetworks];
}

/** Whether a CA with these name constraints may vouch for a name. */
export function isPermitted(name: string, permitted: readonly string[]): boolean {
  return isPrivate(name) || permitted.includes(asBlock(name));
}

function isPrivate(name: string): boolean {
  if (isIP(name) === 0) return name === "localhost";
  return networks().check(name, isIPv6(name) ? "ipv6" : "ipv4");
}

function asBlock(name: string): string {
  const family = isIP(name);
  if (family === 0) return name;
  return `${name}/${family === 6 ? 128 : 32}`;
}

function networks(): BlockList {
  const list = new BlockList();
  for (const block of privateNetworks) {
    const [address = "", bits] = block.split("/");
    list.addSubnet(address, Number(bits), isIPv6(address) ? "ipv6" : "ipv4");
  }
  return list;
}
