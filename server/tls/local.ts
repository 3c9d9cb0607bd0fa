/**
 * TLS without a certificate from the operator: the service creates a CA for this installation, and a server certificate
 * that the CA signs. Both are created at the first start and stored in the data folder. Several processes may start at
 * the same time without a lock, because each key is created only once, and all certificates are signed for these keys.
 * So it does not matter if one process replaces a certificate that another process has just created.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { join } from "node:path";
import {
  makePrivateFolder,
  readFileIfExists,
  replacePublicFile,
  writePrivateFileOnce,
  writePublicFileOnce,
} from "../shared/files.ts";
import { StartRefused } from "../shared/startRefused.ts";
import { certificateNamesFor, isPermitted, permittedNamesFor } from "./names.ts";
import { authorityFile } from "./trust.ts";

/** A certificate that expires within this time is renewed at the next start. */
const renewalMilliseconds = 30 * 24 * 60 * 60 * 1000;

/**
 * Returns the certificate and its key, in PEM format, for a service on `host`. Creates both if they do not exist.
 * Replaces the certificate if it expires soon or is not valid for the host.
 * @throws StartRefused if the stored files cannot be read, written or used.
 */
export async function loadLocalCredentials(
  dataDir: string,
  host: string,
  now: Date = new Date(),
): Promise<{ cert: string; key: string }> {
  const folder = join(dataDir, "tls");
  try {
    makePrivateFolder(folder);
    return await loadOrCreateCredentials(folder, authorityFile(dataDir), certificateNamesFor(host), now);
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    throw new StartRefused(`The local CA in ${folder} cannot be read or created (${code ?? error}).`, { cause: error });
  }
}

interface Authority {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

async function loadOrCreateCredentials(
  folder: string,
  caFile: string,
  names: readonly string[],
  now: Date,
): Promise<{ cert: string; key: string }> {
  const authority = await loadOrCreateAuthority(folder, caFile, names, now);
  const key = loadOrCreateKey(join(folder, "key.pem"));
  const pem = key.export({ type: "pkcs8", format: "pem" }).toString();
  const file = join(folder, "cert.pem");
  const stored = parseCertificate(readFileIfExists(file));
  if (stored && isUsable(stored, key, authority, names, now)) return { cert: stored.toString(), key: pem };

  const { makeServerCertificate, permittedBy } = await import("./certificates.ts");
  const permitted = permittedBy(authority.certificate.raw);
  const notPermitted = names.find((name) => !isPermitted(name, permitted));
  if (notPermitted !== undefined) {
    throw new StartRefused(
      `The local CA ${caFile} is not allowed to sign a certificate for HOST '${notPermitted}'. Set TLS_CERT and TLS_KEY, or delete ${folder} to create a new CA.`,
    );
  }
  const cert = makeServerCertificate(authority.key, key, names, now);
  replacePublicFile(file, cert);
  return { cert, key: pem };
}

async function loadOrCreateAuthority(
  folder: string,
  file: string,
  names: readonly string[],
  now: Date,
): Promise<Authority> {
  // Reads the certificate before its key, which is created first. So if the certificate exists, the key must exist too.
  const stored = readFileIfExists(file);
  const keyFile = join(folder, "ca-key.pem");
  if (stored !== undefined && readFileIfExists(keyFile) === undefined)
    throw unusable(file, `its key ${keyFile} is missing`, folder);
  const key = loadOrCreateKey(keyFile);
  const text = stored ?? writePublicFileOnce(file, await createAuthority(key, names, now));
  const certificate = parseCertificate(text);
  if (certificate === undefined) throw unusable(file, "it is damaged", folder);
  if (!certificate.checkPrivateKey(key)) throw unusable(file, `${keyFile} is not its key`, folder);
  if (certificate.validToDate <= now) throw unusable(file, "it has expired", folder);
  return { certificate, key };
}

async function createAuthority(key: KeyObject, names: readonly string[], now: Date): Promise<string> {
  const { makeAuthority } = await import("./certificates.ts");
  return makeAuthority(key, permittedNamesFor(names), now);
}

function loadOrCreateKey(file: string): KeyObject {
  const text = readFileIfExists(file) ?? writePrivateFileOnce(file, createKey());
  try {
    return createPrivateKey(text);
  } catch (error) {
    throw new StartRefused(`The private key ${file} is damaged. Delete its folder to create a new CA.`, {
      cause: error,
    });
  }
}

function createKey(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

function parseCertificate(pem: string | undefined): X509Certificate | undefined {
  try {
    return pem === undefined ? undefined : new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function isUsable(
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

function unusable(file: string, reason: string, folder: string): StartRefused {
  return new StartRefused(`The local CA ${file} cannot be used: ${reason}. Delete ${folder} to create a new CA.`);
}
