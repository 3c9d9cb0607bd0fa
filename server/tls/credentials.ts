/** What the service shows its callers over TLS: a certificate and its private key. */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { StartRefused } from "../shared/startRefused.ts";
import { localCredentials } from "./local.ts";

/** Where the certificate comes from: the local CA of the data folder, or PEM files. */
export type TlsSource =
  | { readonly kind: "local" }
  | { readonly kind: "files"; readonly certFile: string; readonly keyFile: string };

/** PEM. */
export interface TlsCredentials {
  /** The certificate, and after it those of the CAs between it and a root. */
  readonly cert: string;
  readonly key: string;
}

/** @throws StartRefused in one sentence, if they can't be read, don't belong together or are not valid now. */
export async function tlsCredentials(source: TlsSource, dataDir: string, host: string): Promise<TlsCredentials> {
  if (source.kind === "local") return localCredentials(dataDir, host);
  const { certFile, keyFile } = source;
  const cert = readSetting("TLS_CERT", certFile);
  const key = readSetting("TLS_KEY", keyFile);
  const certificate = certificateIn(certFile, cert);
  if (!certificate.checkPrivateKey(privateKeyIn(keyFile, key))) {
    throw new StartRefused(`TLS_CERT ${certFile} and TLS_KEY ${keyFile} don't belong together.`);
  }
  const { validFromDate, validToDate } = certificate;
  const now = new Date();
  if (validToDate <= now) {
    throw new StartRefused(`TLS_CERT ${certFile} is not valid any more: it expired at ${validToDate.toISOString()}.`);
  }
  if (validFromDate > now) {
    throw new StartRefused(`TLS_CERT ${certFile} is not valid before ${validFromDate.toISOString()}.`);
  }
  try {
    // What OpenSSL refuses besides, such as a key too small or a broken chain.
    createSecureContext({ cert, key });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefused(`TLS_CERT ${certFile} can't be used (${why}).`, { cause: error });
  }
  return { cert, key };
}

function readSetting(name: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : error;
    throw new StartRefused(`${name} ${file} can't be read (${code}).`, { cause: error });
  }
}

function certificateIn(file: string, pem: string): X509Certificate {
  try {
    // X509Certificate would take DER as well, which the service couldn't use.
    if (pem.includes("-----BEGIN CERTIFICATE-----")) return new X509Certificate(pem);
  } catch (error) {
    throw new StartRefused(`TLS_CERT ${file} is damaged: its certificate can't be read.`, { cause: error });
  }
  throw new StartRefused(`TLS_CERT ${file} holds no certificate as PEM.`);
}

function privateKeyIn(file: string, pem: string): KeyObject {
  if (pem.includes("ENCRYPTED")) {
    throw new StartRefused(`TLS_KEY ${file} is encrypted; it must be a private key without passphrase.`);
  }
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new StartRefused(`TLS_KEY ${file} holds no private key as PEM.`, { cause: error });
  }
}
