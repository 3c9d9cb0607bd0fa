/** The service's certificate and private key for TLS. */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { StartRefused } from "../shared/startRefused.ts";
import { loadLocalCredentials } from "./local.ts";

/** The source of the certificate: the local CA in the data folder, or PEM files. */
export type TlsSource =
  | { readonly kind: "local" }
  | { readonly kind: "files"; readonly certFile: string; readonly keyFile: string };

/** The certificate and its private key, in PEM format. */
export interface TlsCredentials {
  /** The certificate, followed by the certificates of intermediate CAs. */
  readonly cert: string;
  readonly key: string;
}

/** @throws StartRefused if a file cannot be read, the certificate is not valid now, or the key does not match it. */
export async function loadTlsCredentials(source: TlsSource, dataDir: string, host: string): Promise<TlsCredentials> {
  if (source.kind === "local") return loadLocalCredentials(dataDir, host);
  const { certFile, keyFile } = source;
  const cert = readPemFile("TLS_CERT", certFile);
  const key = readPemFile("TLS_KEY", keyFile);
  const certificate = parseCertificate(certFile, cert);
  if (!certificate.checkPrivateKey(parsePrivateKey(keyFile, key))) {
    throw new StartRefused(`TLS_KEY ${keyFile} is not the private key of TLS_CERT ${certFile}.`);
  }
  const { validFromDate, validToDate } = certificate;
  const now = new Date();
  if (validToDate <= now) {
    throw new StartRefused(`TLS_CERT ${certFile} expired at ${validToDate.toISOString()}.`);
  }
  if (validFromDate > now) {
    throw new StartRefused(`TLS_CERT ${certFile} is not valid before ${validFromDate.toISOString()}.`);
  }
  try {
    // OpenSSL also rejects other certificates, for example if the key is too small or the chain is broken.
    createSecureContext({ cert, key });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartRefused(`TLS_CERT ${certFile} cannot be used (${reason}).`, { cause: error });
  }
  return { cert, key };
}

function readPemFile(name: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : error;
    throw new StartRefused(`${name} ${file} cannot be read (${code}).`, { cause: error });
  }
}

function parseCertificate(file: string, pem: string): X509Certificate {
  try {
    // X509Certificate also accepts DER, but the service needs PEM.
    if (pem.includes("-----BEGIN CERTIFICATE-----")) return new X509Certificate(pem);
  } catch (error) {
    throw new StartRefused(`TLS_CERT ${file} is damaged: its certificate cannot be read.`, { cause: error });
  }
  throw new StartRefused(`TLS_CERT ${file} does not contain a certificate in PEM format.`);
}

function parsePrivateKey(file: string, pem: string): KeyObject {
  if (pem.includes("ENCRYPTED")) {
    throw new StartRefused(`TLS_KEY ${file} is encrypted. It must be a private key without a passphrase.`);
  }
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new StartRefused(`TLS_KEY ${file} does not contain a private key in PEM format.`, { cause: error });
  }
}
