/**
 * A typed client of the contract, with one method per operation. The type of an answer depends on its status. The client
 * runs wherever fetch is available, limits the time of each attempt, and retries requests that are safe to retry.
 */
import type { Client as FetchClient } from "openapi-fetch";
import type { paths } from "../generated/api.d.ts";
import { type Batch, newBatch } from "./batch.ts";
import { callOf, pathSerializer, querySerializer } from "./calls.ts";
import { methodsOf } from "./operations.ts";
import type { ClientOptions } from "./options.ts";
import { type Pages, pagesOf, type ShapedPages } from "./pages.ts";
import { rawClientOf } from "./raw.ts";
import { fetchOf, transportOf } from "./transport.ts";
import type { DeltaAnswer, DeltaInput, OperationId, Operations, ShapedOperations } from "./types.ts";
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

/** The client. An operation whose name is also the name of a member below would not compile. */
export interface Client extends Operations {
  /**
   * Calls `updateAssignments` with a delta payload, which atomically writes and deletes up to 20 assignments of a profile.
   *
   * @example
   * await client.updateAssignmentsDelta({
   *   path: { profileId },
   *   body: { "@odata.context": "#$delta", value: [{ target }, { "@removed": {}, id }] },
   * });
   */
  readonly updateAssignmentsDelta: (input: DeltaInput) => Promise<DeltaAnswer>;
  /**
   * The same methods with the options that change the shape of an answer: `$select`, `$expand`, `Prefer`, and on a GET
   * `If-None-Match`.
   *
   * @example
   * const answer = await client.shaped.listProfiles({ query: { $select: "id,displayName" } });
   */
  readonly shaped: ShapedOperations & {
    /** Iterates over the entities of a collection, with every option. */
    readonly pages: ShapedPages;
  };
  /**
   * Iterates over the entities of a collection, across all pages. A next link is followed only if its origin is that of
   * `baseUrl`.
   *
   * @example
   * for await (const profile of client.pages.listProfiles({ query: { $top: 100 } })) console.log(profile.displayName);
   */
  readonly pages: Pages;
  /**
   * Updates a profile or an assignment only if it has not changed since it was read. The request sends the entity's
   * `@odata.etag` in `If-Match`. If the entity has changed, the answer is a GraphError with status 412.
   *
   * @example
   * const answer = await client.update(profile, { displayName: "All personal iPhones" });
   * if (answer.status === 412) console.log("the profile has changed");
   */
  readonly update: Update;
  /**
   * Starts a batch of up to 20 requests.
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
  /** The openapi-fetch client that all calls use, with the same headers, time limit and retries. Register middleware here. */
  readonly raw: FetchClient<paths>;
}

/**
 * Creates a client.
 *
 * @throws TypeError if `baseUrl` is not a URL. @throws RangeError if `timeout` or `retries` is out of range.
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
  // The cast is needed because openapi-fetch's type for fetch allows neither a light request nor a light response.
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
  } satisfies Record<Exclude<keyof Client, OperationId>, unknown>;
  // The cast is needed because TypeScript cannot relate a route chosen at run time to the types of its operation.
  // test/contract/mock.test.ts calls every operation, and the tests in test/client call the other members.
  return { ...methods, ...extras } as unknown as Client;
}
