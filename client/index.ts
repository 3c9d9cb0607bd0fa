/**
 * A typed client of the contract: one method per operation, an answer that is told apart by its status. It runs
 * wherever fetch is, gives each attempt a time, and tries again what may be tried again.
 */
import type { Client as FetchClient } from "openapi-fetch";
import type { paths } from "../generated/api.d.ts";
import { type Batch, newBatch } from "./batch.ts";
import { callOf, methodsOf, pathSerializer, querySerializer } from "./calls.ts";
import type { ClientOptions } from "./options.ts";
import { type Pages, pagesOf, type ShapedPages } from "./pages.ts";
import { rawClientOf } from "./raw.ts";
import { fetchOf, transportOf } from "./transport.ts";
import type { DeltaAnswer, DeltaInput, Operations, ShapedOperations } from "./types.ts";
import { type Update, updateOf } from "./update.ts";

export type { Batch, BatchAnswers, BatchedRequest, BatchOptions } from "./batch.ts";
export { type ErrorCode, GraphError, type NoAnswerCode } from "./errors.ts";
export type { LightFetch, Received, Sent } from "./light.ts";
export type { Attempt, ClientOptions, EndedAttempt, Fetch, RetryOptions } from "./options.ts";
export type { Pages, ShapedPages } from "./pages.ts";
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

export type { Patch, ReadEntity, Update, UpdateAnswer, UpdateOptions } from "./update.ts";

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
  readonly shaped: ShapedOperations & {
    /** The collections entity by entity, with every option. */
    readonly pages: ShapedPages;
  };
  /**
   * The collections entity by entity, whatever pages they come in. Only links to the service's own origin are followed.
   *
   * @example
   * for await (const profile of client.pages.listProfiles({ query: { $top: 100 } })) console.log(profile.displayName);
   */
  readonly pages: Pages;
  /**
   * Updates a profile or an assignment only if it is still as it was read: `If-Match` with its `@odata.etag`. An answer of
   * 412 says that somebody else was faster.
   *
   * @example
   * const answer = await client.update(profile, { displayName: "All personal iPhones" });
   * if (answer.status === 412) console.log("it has changed meanwhile");
   */
  readonly update: Update;
  /**
   * Begins a batch of up to 20 requests.
   *
   * @example
   * const batch = client.newBatch();
   * const write = batch.updateAssignments({ path, body: { target } });
   * const count = batch.countAssignments({ path }, { dependsOn: [write] });
   * const answers = await batch.send();
   * if (!answers.ok) throw answers;
   * const counted = answers.to(count);
   */
  readonly newBatch: () => Batch;
  /** The openapi-fetch client beneath, with the same headers, time and retries: for middleware, or what no method does. */
  readonly raw: FetchClient<paths>;
}

/**
 * Makes a client.
 *
 * @throws TypeError for a base URL that is none, RangeError for a time or number that can't be.
 * @example
 * const client = createClient({ baseUrl: "https://graph.microsoft.com/beta", token: () => credential.accessToken() });
 * const answer = await client.getProfile({ path: { profileId } });
 * if (answer.status === 404) return undefined;
 * if (!answer.ok) throw answer;
 * return answer.data;
 */
export function createClient(options: ClientOptions): Client {
  const { baseUrl, headers } = options;
  // Not new URL: in a browser a base URL may be relative to the page.
  const { url } = new Request(baseUrl);
  const { origin } = new URL(url);
  const send = transportOf(options, origin);
  // The cast: its type knows neither the light Request nor the light Response.
  const fetch = fetchOf(send) as (request: Request) => Promise<Response>;
  const serializers = { pathSerializer, querySerializer };
  const raw = rawClientOf({ baseUrl: url, fetch, ...(headers && { headers }), ...serializers });
  const call = callOf(raw);
  const methods = methodsOf(call);
  const pages = pagesOf(call, origin);
  const extras = {
    updateAssignmentsDelta: methods.updateAssignments,
    shaped: { ...methods, pages },
    pages,
    update: updateOf(methods),
    newBatch: () => newBatch(call, headers),
    raw: raw.client,
  };
  // The casts: no type relates a route that is picked at run time to its operation. test/contract/mock.test.ts calls
  // every one of them, and tests in test/client the rest.
  return { ...methods, ...extras } as unknown as Client;
}
