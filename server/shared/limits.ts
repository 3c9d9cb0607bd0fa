/** All limits of the service. docs/limits.md lists them, and a test compares that page with this file. */
import { maxHeaderSize } from "node:http";

/** Limits of a request. */
export const sizes = {
  /** Bytes of the body. A larger body is refused with 413. */
  body: 1024 * 1024,
  /** Characters of the request target. A longer one is refused with 414. */
  url: 8192,
  /** Query parameters. More of them are refused with 400. */
  queryParameters: 100,
  /** Bytes of the request line and all headers: Node's `--max-http-header-size`. More are refused with 431. */
  headers: maxHeaderSize,
  /** Header fields. More of them are refused with 431, while Node's own limit would silently drop them. */
  headerFields: 100,
  /** Nesting levels of a JSON body. A deeper body is refused with 400. The bodies in the contract have three levels. */
  jsonDepth: 32,
  /** Members of all objects and arrays in a JSON body together. More of them are refused with 400. */
  jsonMembers: 10_000,
} as const;

/** Time limits for clients, in milliseconds. */
export const times = {
  /** For a TLS handshake. */
  handshake: 10_000,
  /** From the first byte of a connection, or from the end of the previous answer, to the end of the headers. */
  headers: 10_000,
  /** From the same moment to the end of the request. */
  request: 30_000,
  /** A connection without a byte in either direction. */
  silence: 60_000,
  /** Between two requests on one connection. */
  keepAlive: 72_000,
  /** After the last answer on a connection, until it is closed. In this time the rest of a request body is read. */
  linger: 2_000,
  /** The interval of the checks for late clients. The limits `headers` and `request` can be exceeded by this much. */
  check: 5_000,
} as const;

/** Open connections of each process. */
export const connections = 10_000;

/** Pipelined requests that wait until the client has read the answer before them. One more closes its connection. */
export const pipelining = {
  /** Waiting requests of one connection. */
  perConnection: 1000,
  /** Waiting requests of all connections in a process. Each occupies some kilobytes. */
  perProcess: 20_000,
} as const;

/** Answers that clients have not read yet. */
export const unreadAnswers = {
  /** Bytes of all these answers in a process. Beyond that, the connections that have waited longest are closed. */
  perProcess: 64 * 1024 * 1024,
  /** Bytes from which an answer counts. The operating system's buffers hold smaller answers. */
  counted: 16 * 1024,
} as const;

/** Load shedding: when an overloaded process refuses requests with 503 and Retry-After, without reading them. */
export const shedding = {
  /** Milliseconds of a turn of the event loop, after which further requests of that turn are refused. */
  turn: 50,
  /** Requests in a turn that are never refused, because a few slow requests are not an overload. */
  always: 256,
  /** Milliseconds in a turn for sending refusals. The remaining ones wait for the next turn. */
  refusals: 5,
  /** Seconds after which a refused client may try again. */
  retryAfter: 1,
} as const;

/**
 * Requests of a process in each queue for PostgreSQL. Further requests are refused with 503. There is one queue for reads,
 * one for writes of assignments, and one for each tenant's writes of profiles. SQLite needs no limit, because it answers
 * all requests within a turn of the event loop.
 */
export const storeQueue = 1000;

/** The rate limit of each process for each pair of application and tenant. */
export interface RateLimit {
  /** Requests per second on average. */
  readonly perSecond: number;
  /** Requests at once after a pause. */
  readonly burst: number;
}

/**
 * Requests per second if RATE_LIMIT is not set. 0 means no limit: with the development identity, the service issues its
 * own tokens.
 */
export const defaultRates = { development: 0, external: 100 } as const;

/** Token buckets in the memory of a process, about 100 bytes each. */
export const bucketsKept = 10_000;

/** Limits of a request with a `Repeatability-Request-ID`. */
export const repeatability = {
  /** Milliseconds that `Repeatability-First-Sent` may lie in the past or the future. Otherwise the answer is 412. */
  window: 24 * 60 * 60 * 1000,
  /** Additional milliseconds that an answer is stored, in case of differing clocks or requests in flight. */
  grace: 60 * 60 * 1000,
} as const;

/** Each insert of an answer deletes up to this many expired answers. As it is more than one, all of them are deleted. */
export const forgottenAtOnce = 4;
