/**
 * Light replacements for `Request` and `Response`, with only the members that this client and openapi-fetch use.
 *
 * In Node, creating a real `Request` and `Response` takes longer than the rest of a call. The client therefore creates them
 * only if a hook, middleware or the `fetch` option needs them.
 */

/** A request that is ready to be sent. */
export interface Sent {
  /** The HTTP method in capitals. */
  readonly method: string;
  /** The absolute URL. */
  readonly url: string;
  /** All headers, including `Authorization`. */
  readonly headers: Headers;
  /** The body as JSON. */
  readonly body?: string | undefined;
  /** Aborts the request if the caller aborts the call or the time limit is reached. */
  readonly signal: AbortSignal;
}

/** A replacement for the `Request` class that openapi-fetch constructs. It does not parse or copy its arguments. */
export class LightRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;

  /** @param url the absolute URL. */
  constructor(url: string, init: Omit<Sent, "url" | "signal"> & { readonly signal?: AbortSignal | undefined }) {
    this.url = url;
    this.method = init.method;
    this.headers = init.headers;
    this.body = init.body;
    this.signal = init.signal;
  }
}

/** A response whose whole body has been received. */
export interface Received {
  /** True if the status is 200 to 299. */
  readonly ok: boolean;
  /** The HTTP status. */
  readonly status: number;
  /** All response headers. */
  readonly headers: Headers;
  /** Resolves to the body, decoded from UTF-8. */
  readonly text: () => Promise<string>;
  /** The same response as a `Response`. Its body may be missing or already read. */
  readonly response: Response;
}

/** Sends a request. Rejects if the connection fails before the response is complete, or if `signal` is aborted. */
export type LightFetch = (sent: Sent) => Promise<Received>;

/** In Node, decoding the result of `arrayBuffer()` is faster than `response.text()`, with the same result. */
const utf8 = new TextDecoder();

/** Sends a request with the global fetch. `fetch` is looked up for each call, so that a test can replace it. */
export async function lightFetch({ url, method, headers, signal, body }: Sent): Promise<Received> {
  const response = await globalThis.fetch(url, { method, headers, signal, body: body ?? null });
  const text = utf8.decode(await response.arrayBuffer());
  const { ok, status, headers: fields } = response;
  return { ok, status, headers: fields, text: async () => text, response };
}

export function receivedOf(response: Response): Received {
  const { ok, status, headers } = response;
  return { ok, status, headers, text: () => response.text(), response };
}
