/** Turns the input of a method into a call of openapi-fetch, and the response into an answer. */
import { createFinalURL, createQuerySerializer } from "openapi-fetch";
import type { operationRoutes } from "../generated/operations.ts";
import { graphErrorOf, noAnswer, unexpectedResponse } from "./errors.ts";
import { LightRequest, type Received, receivedOf } from "./light.ts";
import type { RawClient } from "./raw.ts";
import type { OperationId, Success } from "./types.ts";

export type Route = (typeof operationRoutes)[OperationId];

/** The input of any method. */
export interface AnyInput {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export type AnyAnswer = Success<number, unknown> | ReturnType<typeof graphErrorOf>;

export type AnyMethod = (input?: AnyInput) => Promise<AnyAnswer>;

/** What `request` of openapi-fetch takes for any route. It ignores a property that is undefined. */
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

/** Calls a route. With `url`, an absolute URL of the service such as a next link, it requests that URL instead. */
export type Call = (route: Route, input: AnyInput, url?: URL) => Promise<AnyAnswer>;

/**
 * Makes the function that calls a route through openapi-fetch.
 *
 * A `Request` and a `Response` cost more than the rest of a call. openapi-fetch therefore gets light ones, unless there is
 * middleware, which must see real ones.
 */
export function callOf({ client, hasMiddleware }: RawClient): Call {
  // The cast: TypeScript cannot relate a route that is chosen at run time to the type that openapi-fetch has for its path.
  const request = client.request as unknown as RequestRoute;
  return async (route, { path = {}, query, headers, body, signal }, url) => {
    const init = {
      params: url ? { header: headers } : { path, query, header: headers },
      body,
      signal,
      bodySerializer: toJson,
      // With "json", broken JSON would be a SyntaxError of openapi-fetch, without the response. `answerOf` parses instead.
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

/** @param content the body: the text of a success; the parsed JSON of an error, or else its text. */
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

/** @throws GraphError if the body is not of the kind that the contract declares: the types promise that a 2xx has its data. */
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

/** The path and query of a call, relative to the service root. */
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
    // These would reach another route: URL parsers resolve dot segments, encoded ones too (WHATWG URL).
    if (value === "" || value === "." || value === "..") {
      throw noAnswer("InvalidRequest", `The path parameter ${name} must not be "${value}".`, { target: name });
    }
    path += encodeURIComponent(value) + part.slice(end + 1);
  }
  return path;
}
