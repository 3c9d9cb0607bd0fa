/**
 * The test fixture, exported as `apple-enrollment/server`: a service that runs in the test's process, stores its data in
 * memory and listens on a free port of 127.0.0.1. The methods call the control API (control.yaml), which tests in other
 * languages can use too.
 */
import { randomUUID } from "node:crypto";
import createFetchClient from "openapi-fetch";
import { type Client, createClient } from "../client/index.ts";
import type { paths } from "../generated/control.d.ts";
import type { ControlSchemas, OperationId, Status } from "./api/handlerTypes.ts";
import { type DevelopmentIdentity, defaultTenant, type TokenOptions } from "./auth/development.ts";
import { controlPath } from "./control/control.ts";
import type { ErrorStatus } from "./http/errors.ts";
import { startEphemeralService } from "./process/service.ts";

export type { TokenOptions } from "./auth/development.ts";

/** Profiles with their assignments, in the order of their priority. Schema: `seed` in control.yaml. */
export type SeedData = ControlSchemas["seed"];

/** The ids of the created profiles and assignments, in the order of the seed data. */
export type SeedResult = ControlSchemas["seeded"];

/** A reference to the saved data of a tenant. It is valid only for the tenant, and in the service, that returned it. */
export type Snapshot = ControlSchemas["snapshot"];

/** The operationIds of operations that require a token, and so belong to a tenant. */
export type OwnedId = { [Op in OperationId]: 401 extends Status<Op> ? Op : never }[OperationId];

/** The failure or the delay of the next requests. Operation: `failNext` in control.yaml. */
export interface FailNextOptions<Op extends OwnedId = OwnedId> {
  /** The operation whose requests are affected. Default: any operation. */
  readonly operation?: Op;
  /** An error status that the operation declares. Without it, the requests are only delayed. */
  readonly status?: Status<Op> & ErrorStatus;
  /** The number of affected requests. Default: 1. */
  readonly times?: number;
  /** The seconds in the header Retry-After of a 429 or 503. Default: 1. */
  readonly retryAfter?: number;
  /** The delay before the answer in milliseconds, at most 60,000. Default: 0. */
  readonly delay?: number;
  /** Whether the error's `message` is the JSON text that Intune writes, as in strict mode. Default: false. */
  readonly intuneMessage?: boolean;
}

/** A tenant of the service, for a test. If a method fails, its promise rejects with an Error that describes the problem. */
export interface TestTenant {
  /** The tenant's id, a UUID. */
  readonly tenant: string;
  /** The typed client, with a token of the tenant that has all permissions. */
  readonly client: Client;
  /** Issues an access token for the tenant. By default it is valid for an hour and has all permissions. */
  token(options?: TokenOptions): Promise<string>;
  /** Deletes the tenant's data, its pending injected failures, and the stored results of its repeatable requests. */
  reset(): Promise<void>;
  /** Creates profiles with their assignments according to the contract. If one of them is invalid, none is created. */
  seed(data: SeedData): Promise<SeedResult>;
  /** Saves the tenant's data. The service keeps the last 100 snapshots. */
  snapshot(): Promise<Snapshot>;
  /** Restores the saved data with its ids and entity tags. A snapshot can be restored any number of times. */
  restore(snapshot: Snapshot): Promise<void>;
  /** Makes the tenant's next requests fail, or delays them. The failures happen in the order of the calls to this method. */
  failNext<Op extends OwnedId>(options: FailNextOptions<Op>): Promise<void>;
}

/** A running service, and its first tenant. */
export interface TestService extends TestTenant {
  /** The service root, such as `http://127.0.0.1:40123/beta`. */
  readonly url: string;
  /** Returns another tenant, which shares no data with the others. @param id the tenant's id. Default: a new id. */
  inTenant(id?: string): Promise<TestTenant>;
  /** Answers the requests in progress, then deletes all data. */
  close(): Promise<void>;
}

/** Options of a new service. */
export interface StartOptions {
  /** The first tenant's id, a UUID. */
  readonly tenant?: string;
  /** The setting STRICT: whether to answer as recorded answers of similar Intune resources do. Default: false. */
  readonly strict?: boolean;
  /** The clock for the creation and modification dates. Default: the machine's clock. */
  readonly now?: () => Date;
}

/** Starts a new service. Any number of services can run at the same time; none of them writes to the disk. */
export async function startService({ tenant = defaultTenant, ...options }: StartOptions = {}): Promise<TestService> {
  const { origin, url, identity, close } = await startEphemeralService({ ...options, control: true, docs: false });
  const controlUrl = `${origin}${controlPath}`;
  const inTenant = (id: string = randomUUID()) => createTestTenant(id, { url, controlUrl, identity });
  return { ...(await inTenant(tenant)), url, inTenant, close };
}

interface RunningService {
  readonly url: string;
  readonly controlUrl: string;
  readonly identity: DevelopmentIdentity;
}

/** The original `fetch`, because a test may replace the global `fetch` with a mock. */
const { fetch } = globalThis;

/** The lifetime of the fixture's tokens in seconds, which is longer than any test run. */
const lifetime = 7 * 86_400;

async function createTestTenant(tenant: string, { url, controlUrl, identity }: RunningService): Promise<TestTenant> {
  const token = await identity.issueToken({ tenant, lifetime });
  const headers = { Authorization: `Bearer ${token}` };
  const control = createFetchClient<paths>({ baseUrl: controlUrl, headers, fetch: (request) => fetch(request) });
  return {
    tenant,
    // The client must not retry, so that the test sees the failures that it has injected.
    client: createClient({ baseUrl: url, token, retries: 0 }),
    token: (options) => identity.issueToken({ tenant, ...options }),
    reset: async () => throwIfError(await control.POST("/reset")),
    seed: async (body) => unwrapData(await control.POST("/seed", { body })),
    snapshot: async () => unwrapData(await control.POST("/snapshots")),
    restore: async ({ id: snapshotId }) =>
      throwIfError(await control.POST("/snapshots/{snapshotId}/restore", { params: { path: { snapshotId } } })),
    failNext: async (body) => throwIfError(await control.POST("/failures", { body })),
  };
}

interface ControlAnswer<Data> {
  readonly data?: Data;
  readonly error?: ControlSchemas["GraphError"];
}

/** @throws Error with the service's message, if the answer is an error. */
function throwIfError({ error }: ControlAnswer<unknown>): void {
  if (error) throw new Error(error.error.message);
}

/** Returns the body of an answer. @throws Error if the answer is an error or has no body. */
function unwrapData<Data>(answer: ControlAnswer<Data>): Data {
  throwIfError(answer);
  if (answer.data === undefined) throw new Error("The control API answered without a body.");
  return answer.data;
}
