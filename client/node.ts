/** Sends this client's requests by undici itself, below its fetch. For Node alone. */
import { createRequire } from "node:module";
import type { Dispatcher } from "undici";
import type { LightFetch, Received, Sent } from "./light.ts";
import type { Fetch } from "./options.ts";

type Fields = Readonly<Record<string, string | string[] | undefined>>;

/** A `fetch` for `createClient` that keeps connections of its own. */
export interface UndiciFetch extends Fetch {
  readonly light: LightFetch;
  /** Closes its connections once what is under way has ended; a process ends without it as well. */
  readonly close: () => Promise<void>;
}

/**
 * A `fetch` for `createClient`, several times as fast as the global one.
 *
 * Unlike that one it follows no redirect, asks for no compressed answer and has no time of its own: the client's
 * `timeout` is the one that counts.
 *
 * @param dispatcher what connects: for a proxy, a number of connections, a certificate. By default an Agent of its own,
 *   with as many kept-alive connections as there are requests at once.
 * @throws Error if undici isn't installed.
 * @example
 * const fetch = undiciFetch();
 * const client = createClient({ baseUrl, token, fetch });
 * await fetch.close();
 */
export function undiciFetch(dispatcher: Dispatcher = newAgent()): UndiciFetch {
  const light: LightFetch = (sent) => dispatched(dispatcher, sent);
  const fetch = async (request: Request) => {
    const { method, url, headers, signal } = request;
    const body = request.body === null ? undefined : await request.text();
    const received = await light({ method, url, headers, body, signal });
    const text = await received.text();
    const { status, statusText } = received.response;
    return new Response(text === "" ? null : text, { status, statusText, headers: received.headers });
  };
  return Object.assign(fetch, { light, close: () => dispatcher.close() });
}

function newAgent(): Dispatcher {
  // HTTP/1.1 as fetch has it.
  return new (undici().Agent)({ allowH2: false, headersTimeout: 0, bodyTimeout: 0 });
}

/** Here and not as an import: only who calls this needs the package, and is told so. */
function undici(): typeof import("undici") {
  try {
    return createRequire(import.meta.url)("undici");
  } catch (cause) {
    throw new Error("apple-enrollment-client/node needs the package undici: npm install undici", { cause });
  }
}

/** Not undici's `request`: its stream and promises around the body cost more than the request. */
function dispatched(dispatcher: Dispatcher, { method, url, headers, body, signal }: Sent): Promise<Received> {
  const { promise, resolve, reject } = Promise.withResolvers<Received>();
  // Not new URL: it is one already, and its fragment isn't sent.
  const [whole = url] = url.split("#", 1);
  const path = whole.indexOf("/", whole.indexOf("//") + 2);
  const chunks: Buffer[] = [];
  let abort = () => reject(signal.reason);
  const onAbort = () => abort();
  let [status, statusText] = [0, ""];
  let received: Fields = {};
  signal.throwIfAborted();
  signal.addEventListener("abort", onAbort);
  dispatcher.dispatch(
    { origin: whole.slice(0, path), path: whole.slice(path), method, headers, body: body ?? null },
    {
      onRequestStart(controller) {
        if (signal.aborted) controller.abort(signal.reason);
        abort = () => controller.abort(signal.reason);
      },
      onResponseStart(_controller, code, fields, message = "") {
        [status, statusText, received] = [code, message, fields];
      },
      onResponseData: (_controller, chunk) => void chunks.push(chunk),
      onResponseEnd() {
        signal.removeEventListener("abort", onAbort);
        resolve(new Answered(status, statusText, received, Buffer.concat(chunks)));
      },
      onResponseError(_controller, error) {
        signal.removeEventListener("abort", onAbort);
        reject(error);
      },
    },
  );
  return promise;
}

class Answered implements Received {
  readonly status: number;
  readonly #statusText: string;
  readonly #fields: Fields;
  readonly #bytes: Buffer;
  #headers: Headers | undefined;
  #response: Response | undefined;

  constructor(status: number, statusText: string, fields: Fields, bytes: Buffer) {
    this.status = status;
    this.#statusText = statusText;
    this.#fields = fields;
    this.#bytes = bytes;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get headers(): Headers {
    this.#headers ??= headersOf(this.#fields);
    return this.#headers;
  }

  async text(): Promise<string> {
    return this.#bytes.toString();
  }

  /** Made only for who asks, without the body, which has been read. */
  get response(): Response {
    const { status, headers } = this;
    this.#response ??= new Response(null, { status, statusText: this.#statusText, headers });
    return this.#response;
  }
}

function headersOf(fields: Fields): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "string") headers.append(name, value);
    else for (const each of value ?? []) headers.append(name, each);
  }
  return headers;
}
