/** Certificates for the tests, each of a CA of its own. */
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeAuthority, makeServerCertificate } from "../../server/tls/certificates.ts";

/** PEM. */
export interface Pair {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A private key, PEM. */
export function newKey(encryption: { cipher?: string; passphrase?: string } = {}): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem", ...encryption }).toString();
}

/** @param now when it is made; it is valid from an hour before, for 397 days. */
export function pairOf(names: readonly string[], now: Date = new Date()): Pair {
  const [authorityKey, key] = [createPrivateKey(newKey()), newKey()];
  const ca = makeAuthority(authorityKey, ["localhost", "example", "127.0.0.0/8"], now);
  return { ca, cert: makeServerCertificate(authorityKey, createPrivateKey(key), names, now), key };
}

export function writePair(folder: string, name: string, { cert, key }: Pair): void {
  writeFileSync(join(folder, `${name}.pem`), cert);
  writeFileSync(join(folder, `${name}-key.pem`), key);
}
