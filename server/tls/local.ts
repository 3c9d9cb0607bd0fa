/**
 * TLS without a certificate of one's own: a CA of this installation, and a certificate for this machine that it signs.
 * Made on first start and kept in the data folder. Processes that start together need no lock: each key is the first
 * one's, whatever is signed fits the keys, and the last certificate is as good as the one before.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { join } from "node:path";
import { keepFirst, keepFirstPublic, makeFolder, readIfThere, replacePublic } from "../shared/files.ts";
import { StartRefused } from "../shared/startRefused.ts";
import { isPermitted, namesOf, permittedFor } from "./names.ts";
import { authorityFile } from "./trust.ts";

/** A certificate that has less left is renewed at the next start. */
const renewalMilliseconds = 30 * 24 * 60 * 60 * 1000;

/**
 * The certificate and its key, PEM, for a service that listens on `host`; made if they are not there, the certificate
 * also if it is about to expire or is for another host.
 * @throws StartRefused if what is kept can't be read, made or used.
 */
export async function localCredentials(
  dataDir: string,
  host: string,
  now: Date = new Date(),
): Promise<{ cert: string; key: string }> {
  const folder = join(dataDir, "tls");
  try {
    makeFolder(folder);
    return await keptOrMade(folder, dataDir, namesOf(host), now);
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    throw new StartRefused(`The local CA and certificate in ${folder} can't be read or made (${code ?? error}).`, {
      cause: error,
    });
  }
}

interface Authority {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

async function keptOrMade(
  folder: string,
  dataDir: string,
  names: readonly string[],
  now: Date,
): Promise<{ cert: string; key: string }> {
  const authority = await keptAuthority(folder, authorityFile(dataDir), names, now);
  const key = keptKey(join(folder, "key.pem"));
  const pem = key.export({ type: "pkcs8", format: "pem" }).toString();
  const file = join(folder, "cert.pem");
  const kept = certificateOf(readIfThere(file));
  if (kept && isGood(kept, key, authority, names, now)) return { cert: kept.toString(), key: pem };

  const { makeServerCertificate, permittedBy } = await import("./certificates.ts");
  const permitted = permittedBy(authority.certificate.raw);
  const foreign = names.find((name) => !isPermitted(name, permitted));
  if (foreign !== undefined) {
    throw new StartRefused(
      `The local CA ${authorityFile(dataDir)} can't vouch for HOST '${foreign}': give TLS_CERT and TLS_KEY, or remove ${folder} for a new CA.`,
    );
  }
  const cert = makeServerCertificate(authority.key, key, names, now);
  replacePublic(file, cert);
  return { cert, key: pem };
}

async function keptAuthority(folder: string, file: string, names: readonly string[], now: Date): Promise<Authority> {
  // Before the key: it is made after it, so that where it is, its key is as well.
  const kept = readIfThere(file);
  const keyFile = join(folder, "ca-key.pem");
  if (kept !== undefined && readIfThere(keyFile) === undefined)
    throw unusable(file, `its key ${keyFile} is gone`, folder);
  const key = keptKey(keyFile);
  const text = kept ?? keepFirstPublic(file, await newAuthority(key, names, now));
  const certificate = certificateOf(text);
  if (certificate === undefined) throw unusable(file, "it is damaged", folder);
  if (!certificate.checkPrivateKey(key)) throw unusable(file, `${keyFile} is not its key`, folder);
  if (certificate.validToDate <= now) throw unusable(file, "it has expired", folder);
  return { certificate, key };
}

async function newAuthority(key: KeyObject, names: readonly string[], now: Date): Promise<string> {
  const { makeAuthority } = await import("./certificates.ts");
  return makeAuthority(key, permittedFor(names), now);
}

function keptKey(file: string): KeyObject {
  const text = readIfThere(file) ?? keepFirst(file, newKey());
  try {
    return createPrivateKey(text);
  } catch (error) {
    throw new StartRefused(`The private key ${file} is damaged; remove its folder for a new CA.`, { cause: error });
  }
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

function certificateOf(pem: string | undefined): X509Certificate | undefined {
  try {
    return pem === undefined ? undefined : new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function isGood(
  certificate: X509Certificate,
  key: KeyObject,
  authority: Authority,
  names: readonly string[],
  now: Date,
): boolean {
  return (
    certificate.checkPrivateKey(key) &&
    certificate.verify(createPublicKey(authority.key)) &&
    certificate.validFromDate <= now &&
    certificate.validToDate.getTime() - now.getTime() >= renewalMilliseconds &&
    names.every((name) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined)
  );
}

function unusable(file: string, why: string, folder: string): StartRefused {
  return new StartRefused(`The local CA ${file} can't be used: ${why}; remove ${folder} for a new one.`);
}
