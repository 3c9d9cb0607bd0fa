/** Compressed request bodies. Kiota's clients, for example, send every body with gzip. */
import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { RequestError } from "../../http/errors.ts";
import { sizes } from "../../shared/limits.ts";

/** How many times longer a text can be than its compressed form (RFC 1951: at most 258 bytes for 2 bits). */
export const maxCompression = 1032;

interface WithHeaders {
  readonly headers: IncomingHttpHeaders;
}

/** Whether the body of a request is compressed with gzip. */
export function isCompressed({ headers }: WithHeaders): boolean {
  const encoding = headers["content-encoding"];
  return encoding !== undefined && /^(x-)?gzip$/i.test(encoding);
}

const gunzipAsync = promisify(gunzip);

/**
 * Decompresses a body. It stops as soon as the result is too long, so that a small body cannot fill the memory.
 * @throws RequestError 413 if the result is too long, 400 if the body is not valid gzip.
 */
export async function inflate(bytes: Buffer): Promise<Buffer> {
  if (bytes.length === 0) return bytes;
  try {
    return await gunzipAsync(bytes, { maxOutputLength: sizes.body });
  } catch (error) {
    if (Object(error).code === "ERR_BUFFER_TOO_LARGE") {
      throw new RequestError(413, `The decompressed request body is larger than ${sizes.body} bytes.`);
    }
    throw new RequestError(400, "The request body is not valid gzip, although its Content-Encoding is gzip.", {
      cause: error,
    });
  }
}
