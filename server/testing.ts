/**
 * The service for tests, as `apple-enrollment/server`: in memory, in the test's own process, on a free port of 127.0.0.1. What a
 * test sets up goes through control.yaml, as it does for tests in other languages: its rules are written once.
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

/** Profiles with their assignments, by priority. Contract: `seed` in control.yaml. */
export type SeedData = ControlSchemas["seed"];

/** The ids of what was seeded, in the order given. */
export type Seeded = ControlSchemas["seeded"];

/** What a tenant had. It is good for the service and the tenant that it was taken of. */
export type Snapshot = ControlSchemas["snapshot"];

/** The operations that ask for a token: the requests of the others are no tenant's. */
export type OwnedId = { [Op in OperationId]: 401 extends Status<Op> ? Op : never }[OperationId];

/** What the next requests meet. Contract: `failNext` in control.yaml. */
export interface Failure<Op extends OwnedId = OwnedId> {
  /** Any by default. */
  readonly operation?: Op;
  /** A failure that the operation declares. Without it, the requests only wait. */
  readonly status?: Status<Op> & ErrorStatus;
  /** How many requests; 1 by default. */
  readonly times?: number;
  /** Seconds, for the Retry-After of a 429 or 503; 1 by default. */
  readonly retryAfter?: number;
  /** Milliseconds to wait first, at most a minute. */
  readonly delay?: number;
}

/** A tenant of the service, and what a test does with it. The methods reject with an Error that says in a sentence what is wrong. */
export interface TestTenant {
  /** Its id, a UUID. */
  readonly tenant: string;
  /** The typed client, with a token of the tenant that opens everything. */
  readonly client: Client;
  /** An access token of the tenant: by default for an hour, with all permissions. */
  token(options?: TokenOptions): Promise<string>;
  /** Deletes what the tenant has, and forgets the failures that have not happened and the requests that could be repeated. */
  reset(): Promise<void>;
  /** Adds profiles with their assignments by the rules of the contract, all or nothing. */
  seed(data: SeedData): Promise<Seeded>;
  /** Remembers what the tenant has, as it is. The service keeps the last 100. */
  snapshot(): Promise<Snapshot>;
  /** Gives the tenant what it had, ids and entity tags as well, as often as you like. */
  restore(snapshot: Snapshot): Promise<void>;
  /** Lets the tenant's next requests fail, or wait. Failures happen in the order they were asked for. */
  failNext<Op extends OwnedId>(failure: Failure<Op>): Promise<void>;
}

/** A service that is running, and its first tenant. */
export interface TestService extends TestTenant {
  /** The service root, such as `http://127.0.0.1:40123/beta`. */
  readonly url: string;
  /** Another tenant, which sees nothing of the others; a new one by default. */
  inTenant(id?: string): Promise<TestTenant>;
  /** Answers what is under way, then forgets everything. */
  close(): Promise<void>;
}

/** What a service is started with. */
export interface StartOptions {
  /** The first tenant's id, a UUID. */
  readonly tenant?: string;
  /** Refuses what the real service refuses, as the setting STRICT does; false by default. */
  readonly strict?: boolean;
  /** The clock that dates what is written; the machine's by default. */
  readonly now?: () => Date;
}

/** Starts a service of the caller's own. Any number can run side by side; none writes to the disk. */
export async function startService({ tenant = defaultTenant, ...options }: StartOptions = {}): Promise<TestService> {
  const { origin, url, identity, close } = await startEphemeralService({ ...options, control: true, docs: false });
  const inTenant = (id: string = randomUUID()) => enter(id, { url, identity, control: `${origin}${controlPath}` });
  return { ...(await inTenant(tenant)), url, inTenant, close };
}

interface Place {
  readonly url: string;
  readonly control: string;
  readonly identity: DevelopmentIdentity;
}

/** As it was when this module was loaded: a test may put another in its place. */
const { fetch } = globalThis;

/** Seconds: longer than any run of tests. */
const lifetime = 7 * 86_400;

async function enter(tenant: string, { url, control, identity }: Place): Promise<TestTenant> {
  const token = await identity.issueToken({ tenant, lifetime });
  const headers = { Authorization: `Bearer ${token}` };
  const { POST: post } = createFetchClient<paths>({ baseUrl: control, headers, fetch: (request) => fetch(request) });
  return {
    tenant,
    // What a test has provoked, it is to see.
    client: createClient({ baseUrl: url, token, retries: 0 }),
    token: (options) => identity.issueToken({ tenant, ...options }),
    reset: async () => done(await post("/reset")),
    seed: async (body) => got(await post("/seed", { body })),
    snapshot: async () => got(await post("/snapshots")),
    restore: async ({ id: snapshotId }) =>
      done(await post("/snapshots/{snapshotId}/restore", { params: { path: { snapshotId } } })),
    failNext: async (body) => done(await post("/failures", { body })),
  };
}

interface ControlAnswer<Data> {
  readonly data?: Data;
  readonly error?: ControlSchemas["GraphError"];
}

/** @throws Error with the service's own sentence. */
function done({ error }: ControlAnswer<unknown>): void {
  if (error) throw new Error(error.error.message);
}

/** @throws Error */
function got<Data>(answer: ControlAnswer<Data>): Data {
  done(answer);
  if (answer.data === undefined) throw new Error("The service answered nothing.");
  return answer.data;
}
