/** The file and the shell command with which clients trust the local CA. */
import { join, resolve } from "node:path";

/** The path of the local CA's certificate, a PEM file. */
export function authorityFile(dataDir: string): string {
  return join(dataDir, "tls", "ca.pem");
}

/** Returns a POSIX shell command that makes Node, curl, Python and other programs with OpenSSL trust the local CA. */
export function trustCommand(dataDir: string): string {
  const file = resolve(authorityFile(dataDir));
  const quoted = /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
  const variables = ["NODE_EXTRA_CA_CERTS", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"];
  return `export ${variables.map((name) => `${name}=${quoted}`).join(" ")}`;
}
