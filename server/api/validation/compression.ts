/** Compressed request bodies. Kiota's clients, for example, send every body with gzip. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import { RequestError } from "../../http/errors.ts";
import { sizes } from "../../shared/limits.ts";

interface WithHeaders {
  readonly headers: IncomingHttpHeaders;
}

/** Whether the body of a request is compressed with gzip. */
export function isCompressed({ headers }: WithHeaders): boolean {
  const encoding = headers["content-encoding"];
  return encoding !== undefined && /^(x-)?gzip$/i.test(encoding);
}

/** The lengths of the decompressed bodies. */
const lengths = new WeakMap<IncomingMessage, number>();

/** Returns the length of the body after its decompression in bytes, or 0 if it was not compressed. */
export function decompressedLength(request: IncomingMessage): number {
  return lengths.get(request) ?? 0;
}

/**
 * Decompresses the body of a request. It stops as soon as the result is too long, so that a small body cannot fill the memory,
 * and it decompresses only one body at a time.
 * @throws RequestError 413 if the result is too long, 400 if the body is not valid gzip.
 */
export function decompress(request: IncomingMessage, bytes: Buffer): Buffer {
  if (bytes.length === 0) return bytes;
  try {
    const content = gunzipSync(bytes, { maxOutputLength: sizes.body });
    lengths.set(request, content.length);
    return content;
  } catch (error) {
    if (Object(error).code === "ERR_BUFFER_TOO_LARGE") {
      throw new RequestError(413, `The decompressed request body is larger than ${sizes.body} bytes.`);
    }
    const message = "The request body is not valid gzip, although its Content-Encoding is gzip.";
    throw new RequestError(400, message, { cause: error, details: [{ target: "Content-Encoding", message }] });
  }
}
