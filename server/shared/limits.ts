/** All limits of the service. docs/limits.md lists them, and a test compares that page with this file. */
import { maxHeaderSize } from "node:http";

/** Limits of a request. */
export const sizes = {
  /** Bytes of the body. A larger body is refused with 413. */
  body: 1024 * 1024,
  /** Bytes of the body of a request to the token endpoint. A larger body is refused with 413. */
  tokenBody: 16 * 1024,
  /** Characters of the request target. A longer target is refused with 414. */
  url: 8192,
  /** Query parameters. A request with more is refused with 400. */
  queryParameters: 100,
  /**
   * Bytes of the request line and all headers (Node's `--max-http-header-size`). Longer headers are refused with 431.
   */
  headers: maxHeaderSize,
  /** Header fields. A request with more is refused with 431. Node's own limit would silently drop the excess fields. */
  headerFields: 100,
  /** Nesting levels of a JSON body. A deeper body is refused with 400. The bodies in the contract have three levels. */
  jsonDepth: 32,
  /** The total number of members of all objects and arrays in a JSON body. A body with more is refused with 400. */
  jsonMembers: 10_000,
} as const;

/** Limits of a `$filter`. A larger filter is refused with 400. */
export const filters = {
  /** Nested parentheses, `not` operators and functions. */
  depth: 100,
  /** Comparisons, functions and `not` operators together. */
  terms: 100,
  /** Values in all lists of `in` together. */
  listValues: 500,
} as const;

/** Limits of an answer. The next link leads to the entities that do not fit. */
export const answers = {
  /** Entities in a page of a list, and assignments that `$expand` shows of one profile. */
  entities: 1000,
  /** Profiles in a page of a list with `$expand`. */
  expandedProfiles: 100,
  /** Characters of a page's entities. A page ends before the entity that would exceed this, but has at least one. */
  page: 2 * 1024 * 1024,
  /** Characters of the assignments that `$expand` shows of one profile. */
  expansion: 1024 * 1024,
  /** Characters of all answers to a batch. When they are reached, its other requests are answered with 503. */
  batch: 8 * 1024 * 1024,
} as const;

/** Requests of a batch that run at the same time. */
export const batchedAtOnce = 4;

/** Time limits for clients, in milliseconds. */
export const times = {
  /** For a TLS handshake. */
  handshake: 10_000,
  /** From the first byte of a connection, or from the end of the previous answer, to the end of the headers. */
  headers: 10_000,
  /** From the same moment as in `headers` to the end of the request. */
  request: 30_000,
  /** For how long a connection may stay open without a byte in either direction. */
  silence: 60_000,
  /** Between two requests on one connection. */
  keepAlive: 72_000,
  /** From the last answer to the closing of the connection. Meanwhile, the rest of the request body is read. */
  linger: 2_000,
  /**
   * The interval at which connections are checked. So the limits `headers` and `request` can be exceeded by this time.
   */
  check: 5_000,
} as const;

/** The largest number of open connections in each process. */
export const connections = 10_000;

/** Pipelined requests wait until the client has read the answer before them. One more closes the connection. */
export const pipelining = {
  /** Waiting requests of one connection. */
  perConnection: 1000,
  /** Waiting requests of all connections in a process. Each needs some kilobytes. */
  perProcess: 20_000,
} as const;

/** Answers that clients have not read, and that the operating system has not taken. */
export const unreadAnswers = {
  /** Characters of all these answers in a process. Beyond it, connections of the tenant with the most of them are closed. */
  perProcess: 64 * 1024 * 1024,
  /** Characters from which an answer counts. The shorter answers on all connections have at most 160 Mi characters. */
  counted: 16 * 1024,
} as const;

/** Memory for long request bodies and for the collected answers of batches. */
export const heldMemory = {
  /** Bytes in a process. A tenant has at most half of them. Beyond it, such requests are answered with 503. */
  perProcess: 128 * 1024 * 1024,
  /** Bytes from which a request body counts. */
  counted: 16 * 1024,
} as const;

/** Load shedding: an overloaded process refuses requests with 503 and Retry-After, without reading them. */
export const shedding = {
  /** After this many milliseconds, the remaining requests of a turn of the event loop are refused. */
  turn: 50,
  /** The first requests of a turn are never refused, because a few slow requests are not an overload. */
  always: 256,
  /** Milliseconds of a turn that can be spent on refusals. The remaining requests are refused in the next turn. */
  refusals: 5,
  /** Seconds after which a refused client may try again. */
  retryAfter: 1,
} as const;

/**
 * The largest number of requests that wait for PostgreSQL in each process. Requests for a connection, writes of assignments
 * and writes of profiles are counted separately. If there are more, the tenant with the most waiting requests loses its last
 * one, which is refused with 503. The queues of SQLite are limited by the number of connections.
 */
export const storeQueue = 1000;

/**
 * Milliseconds of a turn of the event loop for the reads of the SQLite store, and as many for its writes. The rest runs in the
 * next turn. The tenants take turns.
 */
export const storeTurn = 10;

/** Queries that read many rows. The limits except `retryAfter` apply only to SQLite. */
export const scans = {
  /** Milliseconds after which a query is stopped and continues in slices, and the longest time of a slice. */
  slice: 10,
  /** Milliseconds that all slices of a query may take together. Beyond it, the query is answered with 503. */
  budget: 2000,
  /** Queries of one tenant that run in slices at the same time. Further ones are answered with 503. */
  perTenant: 20,
  /** Seconds after which the caller may try again. It is long, because a slow query stays slow. */
  retryAfter: 10,
} as const;

/** The rate limit that each process applies to each pair of application and tenant. */
export interface RateLimit {
  /** The average number of requests per second. */
  readonly perSecond: number;
  /** The number of requests that can be sent at once after a pause. */
  readonly burst: number;
}

/** The number of requests per second if an issuer is set and RATE_LIMIT is not. Without an issuer there is no limit. */
export const defaultRate = 100;

/** The largest number of token buckets in the memory of a process. Each takes about 100 bytes. */
export const bucketsKept = 10_000;

/**
 * Seconds by which the clocks of an issuer and of the service may differ. A token is accepted for this long after its
 * `exp` and before its `nbf` and `iat`. Outside this time it is refused with 401.
 */
export const tokenLeeway = 60;

/** Limits of a request with a `Repeatability-Request-ID`. */
export const repeatability = {
  /**
   * `Repeatability-First-Sent` may be this many milliseconds in the past or the future. Otherwise the answer is 412.
   */
  window: 24 * 60 * 60 * 1000,
  /** An answer is stored for this many milliseconds longer, in case clocks differ or a request is still in flight. */
  grace: 60 * 60 * 1000,
} as const;

/** Each insert of an answer deletes up to this many expired answers. It is more than one, so they cannot accumulate. */
export const forgottenAtOnce = 4;
