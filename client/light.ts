/**
 * A light request and a light response: the parts that this client and openapi-fetch need.
 *
 * In Node a real `Request` and `Response` cost more than everything else that the client does for a call. They are made only
 * if a hook, middleware or a `fetch` of the user is going to see them.
 */

/** A request as it is sent. */
export interface Sent {
  /** The HTTP method in capitals. */
  readonly method: string;
  /** The absolute URL. */
  readonly url: string;
  /** All headers, including `Authorization`. */
  readonly headers: Headers;
  /** The body as JSON. */
  readonly body?: string | undefined;
  /** Ends the request: the caller has aborted the call, or the time is up. */
  readonly signal: AbortSignal;
}

/** The `Request` class that openapi-fetch gets. It parses and copies nothing. */
export class LightRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;

  /** @param url absolute. */
  constructor(url: string, init: Omit<Sent, "url" | "signal"> & { readonly signal?: AbortSignal | undefined }) {
    this.url = url;
    this.method = init.method;
    this.headers = init.headers;
    this.body = init.body;
    this.signal = init.signal;
  }
}

/** A response whose whole body has arrived. */
export interface Received {
  /** True if the status is 200 to 299. */
  readonly ok: boolean;
  /** The HTTP status. */
  readonly status: number;
  /** All headers. */
  readonly headers: Headers;
  /** Resolves to the body, decoded from UTF-8. */
  readonly text: () => Promise<string>;
  /** The same as a `Response`. Its body may have been read, or be missing. */
  readonly response: Response;
}

/** Sends a request. It rejects if the connection fails before the response is complete, or when `signal` is aborted. */
export type LightFetch = (sent: Sent) => Promise<Received>;

/** With `arrayBuffer()` it is faster in Node than `response.text()`, with the same result. */
const utf8 = new TextDecoder();

/** Sends a request with the global fetch. It is looked up at each call, so that a test can replace it. */
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
