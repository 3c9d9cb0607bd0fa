/** Every limit of the service, in one place; docs/limits.md lists them, and a test compares the two. */
import { maxHeaderSize } from "node:http";

/** What a request may hold. */
export const sizes = {
  /** Bytes of a body; a larger one is a 413. */
  body: 1024 * 1024,
  /** Characters of the request's target; a longer one is a 414. */
  url: 8192,
  /** Parameters of the query; more are a 400. */
  queryParameters: 100,
  /** Bytes of all headers with the request line: Node's own, `--max-http-header-size`; more are a 431. */
  headers: maxHeaderSize,
  /** Header fields; more are a 431. Node's own limit would drop those beyond it without a word. */
  headerFields: 100,
  /** Levels of objects and arrays in a JSON body; a deeper one is a 400. The contract's own bodies have three. */
  jsonDepth: 32,
  /** Members of all objects and arrays of a JSON body together; more are a 400. */
  jsonMembers: 10_000,
} as const;

/** Milliseconds that a client may take. */
export const times = {
  /** From a connection's first byte, or the end of the last answer, to the end of a request's headers. */
  headers: 10_000,
  /** From the same to the end of the request. */
  request: 30_000,
  /** Without a byte in either direction. */
  silence: 60_000,
  /** Between two requests of a connection. */
  keepAlive: 72_000,
  /** From an answer that is a connection's last to its end, for what is left of a body. */
  linger: 2_000,
  /** Between two looks at who is late: the first two are kept to with this much more. */
  check: 5_000,
} as const;

/** Of each process. */
export const connections = 10_000;

/** Pipelined requests that wait until the answer before them is taken; one more closes its connection. */
export const pipelining = {
  /** On one connection. */
  ofConnection: 1000,
  /** On all connections of a process, some kilobytes each. */
  ofProcess: 20_000,
} as const;

/** Answers that clients have not taken yet. */
export const unreadAnswers = {
  /** Bytes of a process together; beyond them the connections that have waited longest are closed. */
  ofProcess: 64 * 1024 * 1024,
  /** Bytes from which an answer counts: the system's own buffers take smaller ones. */
  counted: 16 * 1024,
} as const;

/** When a process refuses requests, unlooked at, because it has too many: 503 with Retry-After. */
export const shedding = {
  /** Milliseconds that a turn of the event loop may last before what else arrives in it is refused. */
  turn: 50,
  /** Requests of a turn that are never refused: few that take long are no overload. */
  always: 256,
  /** Milliseconds of a turn for refusals; those that find no time wait for the next. */
  refusals: 5,
  /** Seconds until a refused caller may come back. */
  retryAfter: 1,
} as const;

/**
 * Requests of a process that wait for PostgreSQL; one more is a 503. Reads wait in one queue, writes of assignments in
 * another, writes of profiles in one for each tenant. SQLite has none: it answers within the turn.
 */
export const storeQueue = 1000;

/** Of each process, for each pair of application and tenant. */
export interface RateLimit {
  /** Requests per second, in the long run. */
  readonly perSecond: number;
  /** Requests at once, after a pause. */
  readonly burst: number;
}

/**
 * Requests per second where RATE_LIMIT says nothing, by who issues the tokens: none where the service itself does, for
 * whoever likes.
 */
export const defaultRates = { development: 0, external: 100 } as const;

/** Buckets that a process remembers, about 100 bytes each. */
export const bucketsKept = 10_000;

/** What a request with a `Repeatability-Request-ID` is held to. */
export const repeatability = {
  /** Milliseconds from its First-Sent that it may be repeated for, and that its First-Sent may lie ahead; else it is a 412. */
  window: 24 * 60 * 60 * 1000,
  /** Milliseconds that an answer is remembered for longer: another process's clock may be behind, a request under way. */
  grace: 60 * 60 * 1000,
} as const;

/** Expired answers that a store forgets for each that it remembers: more than come, so that none are left in the end. */
export const forgottenAtOnce = 4;
