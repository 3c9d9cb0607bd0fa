/** From a call's input to a request, and from a response to an answer. */
import { createFinalURL, createQuerySerializer, type Client as FetchClient } from "openapi-fetch";
import type { paths } from "../generated/api.d.ts";
import { operationRoutes } from "../generated/operations.ts";
import { graphErrorOf, noAnswer, unexpectedResponse } from "./errors.ts";
import { type Received, receivedOf } from "./light.ts";
import type { Send } from "./transport.ts";
import type { OperationId, Success } from "./types.ts";

export type Route = (typeof operationRoutes)[keyof typeof operationRoutes];

/** What a method is called with, whichever it is. */
export interface AnyInput {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export type AnyAnswer = Success<number, unknown> | ReturnType<typeof graphErrorOf>;

export type AnyMethod = (input?: AnyInput) => Promise<AnyAnswer>;

type AnyRequest = (
  method: Route["method"],
  path: string,
  init: {
    readonly baseUrl?: string;
    readonly params: Readonly<Record<"path" | "query" | "header", Readonly<Record<string, unknown>>>>;
    readonly body?: unknown;
    readonly signal?: AbortSignal;
    readonly parseAs: "text";
  },
) => Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>;

/** Calls a route, or an absolute URL in place of its own that the service has given. */
export type Call = (route: Route, input: AnyInput, url?: URL) => Promise<AnyAnswer>;

/**
 * @param root the service root, absolute and without a slash at its end. @param common headers of every request.
 *
 * Once there is middleware, openapi-fetch sends: it shows it a Request and a Response, which cost more than all the rest.
 * The one cast below the methods: no type relates a route that is picked at run time to openapi-fetch's of its path.
 */
export function callOf(raw: FetchClient<paths>, send: Send, root: string, common: CommonHeaders = {}): Call {
  const request = raw.request as unknown as AnyRequest;
  let watched = false;
  const { use } = raw;
  raw.use = (...middleware) => {
    watched = true;
    use(...middleware);
  };
  return async (route, input, url) => {
    if (!watched) {
      const method = methodsInCapitals[route.method];
      const body = input.body === undefined ? undefined : JSON.stringify(input.body);
      const headers = headersOf(common, input);
      const target = url?.href ?? root + targetOf(route, input);
      const received = await send({ method, url: target, headers, body, signal: input.signal });
      const text = await received.text();
      return answerOf(route, received, received.ok ? text : parsed(text));
    }
    const { path = {}, query = {}, headers = {}, body, signal } = input;
    const { data, error, response } = await request(route.method, url ? url.pathname + url.search : route.path, {
      ...(url && { baseUrl: url.origin }),
      params: { path, query, header: headers },
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
      // Read here and not by openapi-fetch, whose SyntaxError for broken JSON would hide the response.
      parseAs: "text",
    });
    return answerOf(route, receivedOf(response), response.ok ? data : error);
  };
}

/** What an error holds: JSON, or else its text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export type CommonHeaders = Readonly<Record<string, string>>;

export const methodsInCapitals = { get: "GET", post: "POST", patch: "PATCH", delete: "DELETE" } as const;

export function headersOf(common: CommonHeaders, { headers = {}, body }: AnyInput): Headers {
  const all = new Headers(body === undefined ? {} : { "Content-Type": "application/json" });
  for (const given of [common, headers]) {
    for (const [name, value] of Object.entries(given)) if (value !== undefined) all.set(name, value);
  }
  return all;
}

/** The methods by name, from the table of routes. */
export function methodsOf(call: Call): Readonly<Record<OperationId, AnyMethod>> {
  return perOperation(
    (operationId) =>
      (input = {}) =>
        call(operationRoutes[operationId], input),
  );
}

/** One thing per operation. */
export function perOperation<Each>(make: (operationId: OperationId) => Each): Readonly<Record<OperationId, Each>> {
  const names = Object.keys(operationRoutes) as OperationId[];
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<OperationId, Each>;
}

/** @param content the body: of a success its text, of an error what it holds. */
export function answerOf(route: Route, received: Received, content: unknown): AnyAnswer {
  const { ok, status } = received;
  if (!ok) return graphErrorOf(received.response, content);
  const data = read(route, received, content);
  // Some are made when they are asked for.
  return {
    ok,
    status,
    data,
    get headers() {
      return received.headers;
    },
    get response() {
      return received.response;
    },
  };
}

/** @throws GraphError if the body isn't of the declared kind: no type of an answer has a 2xx without its data. */
function read(route: Route, received: Received, content: unknown): unknown {
  if (route.body === "none" || received.status === 204) return undefined;
  const text = typeof content === "string" ? content : "";
  if (route.body === "text") return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unexpectedResponse(received.response, text, "JSON", cause);
  }
}

const querySerializer = createQuerySerializer();

/** The path and query of a call, below the service root. */
export function targetOf({ path: pathname }: Route, { path = {}, query = {} }: AnyInput): string {
  return createFinalURL(pathname, { baseUrl: "", params: { path, query }, querySerializer, pathSerializer });
}

/** Fills a path template with percent-encoded parameters (RFC 3986). */
export function pathSerializer(template: string, parameters: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = String(parameters[name] ?? "");
    // These would reach another route: URL parsers resolve dot segments, encoded ones too (WHATWG URL).
    if (["", ".", ".."].includes(value)) {
      throw noAnswer("InvalidRequest", `The path parameter ${name} must not be "${value}".`, { target: name });
    }
    return encodeURIComponent(value);
  });
}
