/**
 * A typed client of the contract: one method per operation, an answer that is told apart by its status. It runs
 * wherever fetch is. It neither retries nor sets a timeout.
 */
import type { Client as FetchClient } from "openapi-fetch";
import createFetchClient from "openapi-fetch";
import type { paths } from "../generated/api.d.ts";
import { operationRoutes } from "../generated/operations.ts";
import { graphErrorOf, unexpectedResponse } from "./errors.ts";
import type { DeltaAnswer, DeltaInput, Operations, ShapedOperations } from "./types.ts";

export { type ErrorCode, GraphError } from "./errors.ts";
export type {
  Answer,
  DeltaAnswer,
  DeltaInput,
  Input,
  Method,
  OperationId,
  Operations,
  PlainAnswer,
  PlainInput,
  Schemas,
  ShapedMethod,
  ShapedOperations,
  Status,
  Success,
} from "./types.ts";

export interface ClientOptions {
  /** The service root, such as `https://graph.microsoft.com/beta` or `http://127.0.0.1:3000/beta`. */
  readonly baseUrl: string;
  /** A JWT access token, or a function that gives one: it is asked on every call, and may renew the token then. */
  readonly token: string | (() => string | Promise<string>);
  /** Sends the requests instead of the global fetch. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Sent with every request, such as `client-request-id`. `Authorization` is the token's. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One method per operation. An operation named as what is added here would not compile. */
export interface Client extends Operations {
  /**
   * `updateAssignments` with a delta payload: writes and deletes up to 20 assignments of a profile, all or none.
   *
   * @example
   * await client.updateAssignmentsDelta({
   *   path: { profileId },
   *   body: { "@odata.context": "#$delta", value: [{ target }, { "@removed": {}, id }] },
   * });
   */
  readonly updateAssignmentsDelta: (input: DeltaInput) => Promise<DeltaAnswer>;
  /**
   * The same methods with the options that change the shape of an answer: `$select`, `$expand`, `Prefer`, and
   * `If-None-Match` on a GET.
   *
   * @example
   * const answer = await client.shaped.listProfiles({ query: { $select: "id,displayName" } });
   */
  readonly shaped: ShapedOperations;
  /** The openapi-fetch client beneath, which sends the same headers: for middleware, or for what no method does. */
  readonly raw: FetchClient<paths>;
}

/**
 * Makes a client.
 *
 * @example
 * const client = createClient({ baseUrl: "https://graph.microsoft.com/beta", token: () => credential.accessToken() });
 * const answer = await client.getProfile({ path: { profileId } });
 * if (answer.status === 404) return undefined;
 * if (!answer.ok) throw answer;
 * return answer.data;
 */
export function createClient({ baseUrl, token, fetch, headers }: ClientOptions): Client {
  const raw = createFetchClient<paths>({
    baseUrl,
    ...(fetch && { fetch }),
    ...(headers && { headers }),
    pathSerializer,
  });
  raw.use({
    async onRequest({ request }) {
      request.headers.set("Authorization", `Bearer ${typeof token === "string" ? token : await token()}`);
    },
  });
  const operations = operationsOf(raw);
  return { ...operations, updateAssignmentsDelta: deltaOf(operations.updateAssignments), shaped: operations, raw };
}

type Route = (typeof operationRoutes)[keyof typeof operationRoutes];

interface AnyInput {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

type AnyRequest = (
  method: Route["method"],
  path: Route["path"],
  init: {
    readonly params: Readonly<Record<"path" | "query" | "header", Readonly<Record<string, unknown>>>>;
    readonly body?: unknown;
    readonly signal?: AbortSignal;
    readonly parseAs: "text";
  },
) => Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>;

/**
 * The methods, from the table of routes. The only place with casts: no type relates a route that is picked at run time
 * to the types of its operation. test/contract/mock.test.ts calls every one of them.
 */
function operationsOf(raw: FetchClient<paths>): Operations & ShapedOperations {
  const request = raw.request as unknown as AnyRequest;
  const methods = Object.entries(operationRoutes).map(([operationId, route]) => {
    const method = async ({ path = {}, query = {}, headers = {}, body, signal }: AnyInput = {}) => {
      const { data, error, response } = await request(route.method, route.path, {
        params: { path, query, header: headers },
        ...(body !== undefined && { body }),
        ...(signal && { signal }),
        // Read here and not by openapi-fetch, whose SyntaxError for broken JSON would hide the response.
        parseAs: "text",
      });
      if (!response.ok) return graphErrorOf(response, error);
      return {
        ok: true,
        status: response.status,
        data: read(route, response, data),
        headers: response.headers,
        response,
      };
    };
    return [operationId, method];
  });
  return Object.fromEntries(methods) as Operations & ShapedOperations;
}

/** The same operation by the types of its other half: the second cast, and the contract says that it holds. */
function deltaOf(updateAssignments: unknown): Client["updateAssignmentsDelta"] {
  return updateAssignments as Client["updateAssignmentsDelta"];
}

/** @throws GraphError if the body isn't of the declared kind: no type of an answer has a 2xx without its data. */
function read(route: Route, response: Response, content: unknown): unknown {
  if (route.body === "none" || response.status === 204) return undefined;
  const text = typeof content === "string" ? content : "";
  if (route.body === "text") return text;
  try {
    return JSON.parse(text);
  } catch {
    throw unexpectedResponse(response, text, "JSON");
  }
}

/** Fills a path template with percent-encoded parameters (RFC 3986). */
function pathSerializer(template: string, parameters: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = String(parameters[name] ?? "");
    // These would reach another route: URL parsers resolve dot segments, encoded ones too (WHATWG URL).
    if (["", ".", ".."].includes(value)) throw new TypeError(`The path parameter ${name} must not be "${value}".`);
    return encodeURIComponent(value);
  });
}
