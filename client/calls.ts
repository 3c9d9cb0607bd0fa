/** Converts a method's input to a call to openapi-fetch, and the response to an answer. */
import { createFinalURL, createQuerySerializer } from "openapi-fetch";
import type { operationRoutes } from "../generated/operations.ts";
import { graphErrorOf, noAnswer, unexpectedResponse } from "./errors.ts";
import { LightRequest, type Received, receivedOf } from "./light.ts";
import type { RawClient } from "./raw.ts";
import type { OperationId, Success } from "./types.ts";

export type Route = (typeof operationRoutes)[OperationId];

/** The input of a method, with the same type for all operations. */
export interface AnyInput {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export type AnyAnswer = Success<number, unknown> | ReturnType<typeof graphErrorOf>;

export type AnyMethod = (input?: AnyInput) => Promise<AnyAnswer>;

/** The argument of openapi-fetch's `request` for any route. openapi-fetch ignores undefined properties. */
interface RouteInit {
  readonly baseUrl?: string;
  readonly params: {
    readonly path?: AnyInput["path"];
    readonly query?: AnyInput["query"];
    readonly header: AnyInput["headers"];
  };
  readonly body: unknown;
  readonly signal: AbortSignal | undefined;
  readonly bodySerializer: (body: unknown) => string;
  readonly parseAs: "text";
  readonly Request: typeof LightRequest | undefined;
}

type RequestRoute = (
  method: Route["method"],
  path: string,
  init: RouteInit,
) => Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response | Received }>;

/** Calls a route. If `url` is given, such as a next link, that absolute URL is requested instead of the route's path. */
export type Call = (route: Route, input: AnyInput, url?: URL) => Promise<AnyAnswer>;

/**
 * Returns the function that calls a route through openapi-fetch.
 *
 * Creating a `Request` and a `Response` takes longer than the rest of a call. openapi-fetch therefore gets the light
 * classes of light.ts instead. Only if middleware is registered does it get a real `Request` and `Response`.
 */
export function callOf({ client, hasMiddleware }: RawClient): Call {
  // The cast is needed because TypeScript cannot relate a route chosen at run time to openapi-fetch's type for its path.
  const request = client.request as unknown as RequestRoute;
  return async (route, { path = {}, query, headers, body, signal }, url) => {
    const init = {
      params: url ? { header: headers } : { path, query, header: headers },
      body,
      signal,
      bodySerializer: toJson,
      // With "json", openapi-fetch would throw a SyntaxError for invalid JSON, without the response. `answerOf` parses it instead.
      parseAs: "text",
      Request: hasMiddleware() ? undefined : LightRequest,
    } as const;
    const { data, error, response } = await (url
      ? request(route.method, url.pathname + url.search, { ...init, baseUrl: url.origin })
      : request(route.method, route.path, init));
    const received = response instanceof Response ? receivedOf(response) : response;
    return answerOf(route, received, received.ok ? data : error);
  };
}

const toJson = (body: unknown): string => JSON.stringify(body);

/** @param content the body: for a 2xx its text, otherwise the parsed JSON, or the text if it is not JSON. */
export function answerOf(route: Route, received: Received, content: unknown): AnyAnswer {
  const { ok, status } = received;
  if (!ok) return graphErrorOf(received.response, content);
  const data = dataOf(route, received, content);
  // A getter, because `Received` may make the response only when it is read.
  return {
    ok,
    status,
    data,
    headers: received.headers,
    get response() {
      return received.response;
    },
  };
}

/** @throws GraphError if a 2xx body is not of the kind that the contract declares, because the types guarantee `data`. */
function dataOf(route: Route, received: Received, content: unknown): unknown {
  if (route.body === "none" || received.status === 204) return undefined;
  const text = typeof content === "string" ? content : "";
  if (route.body === "text" || route.body === "xml") return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unexpectedResponse(received.response, text, "JSON", cause);
  }
}

export const querySerializer = createQuerySerializer();

/** Returns a call's path and query, relative to the service root. */
export function relativeUrlOf({ path: template }: Route, { path = {}, query = {} }: AnyInput): string {
  return createFinalURL(template, { baseUrl: "", params: { path, query }, querySerializer, pathSerializer });
}

/** Fills a path template with percent-encoded parameters (RFC 3986). */
export function pathSerializer(template: string, parameters: Readonly<Record<string, unknown>>): string {
  const [start = "", ...rest] = template.split("{");
  let path = start;
  for (const part of rest) {
    const end = part.indexOf("}");
    const name = part.slice(0, end);
    const value = String(parameters[name] ?? "");
    // These values would lead to another route, because URL parsers resolve dot segments, even encoded ones (WHATWG URL).
    if (value === "" || value === "." || value === "..") {
      throw noAnswer("InvalidRequest", `The path parameter ${name} must not be "${value}".`, { target: name });
    }
    path += encodeURIComponent(value) + part.slice(end + 1);
  }
  return path;
}
