/**
 * A request and its answer without a `Request` and a `Response`: in Node these two cost more than everything else that
 * this client does for a call. They are made where somebody is to see them.
 */

/** A request. */
export interface Sent {
  /** In capitals. */
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** All of them, the token's too. */
  readonly headers: Headers;
  /** JSON. */
  readonly body?: string | undefined;
  /** Ends it: the caller's, or the time's. */
  readonly signal: AbortSignal;
}

/** The part of a `Request` that openapi-fetch and this client need. */
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

/** An answer, with all of its body. */
export interface Received {
  /** Whether the status is of 200 to 299. */
  readonly ok: boolean;
  /** The status. */
  readonly status: number;
  /** All of them. */
  readonly headers: Headers;
  /** The body, decoded from UTF-8. */
  readonly text: () => Promise<string>;
  /** The whole of it. */
  readonly response: Response;
}

/** Sends a request; rejects if the connection fails, before the answer or in it, or when `signal` is aborted. */
export type LightFetch = (sent: Sent) => Promise<Received>;

/** With `arrayBuffer()` somewhat faster in Node than `response.text()`, with the same result. */
const utf8 = new TextDecoder();

/** The global fetch, as it is at the time of the call. */
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
