/** Creates certificates for tests. Each certificate has its own CA. */
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeAuthority, makeServerCertificate } from "../../server/tls/certificates.ts";

/** A server certificate, its private key and the CA's certificate, all in PEM. */
export interface CertificatePair {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Creates a private key in PEM. */
export function newKey(encryption: { cipher?: string; passphrase?: string } = {}): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem", ...encryption }).toString();
}

/** Creates a certificate that is valid for 397 days. @param now the validity starts one hour before this time. */
export function createPair(names: readonly string[], now: Date = new Date()): CertificatePair {
  const [authorityKey, key] = [createPrivateKey(newKey()), newKey()];
  const ca = makeAuthority(authorityKey, ["localhost", "example", "127.0.0.0/8"], now);
  return { ca, cert: makeServerCertificate(authorityKey, createPrivateKey(key), names, now), key };
}

export function writePair(folder: string, name: string, { cert, key }: CertificatePair): void {
  writeFileSync(join(folder, `${name}.pem`), cert);
  writeFileSync(join(folder, `${name}-key.pem`), key);
}
