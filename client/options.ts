/** The options of a client, and their defaults. */
import type { LightFetch } from "./light.ts";

/** The options of `createClient`. */
export interface ClientOptions {
  /** The service root, such as `https://graph.microsoft.com/beta` or `http://127.0.0.1:3000/beta`. */
  readonly baseUrl: string;
  /** A JWT access token, or a function that returns one. The function is called before every attempt, so it can renew the token. */
  readonly token: string | (() => string | Promise<string>);
  /** Sends the requests instead of the global fetch. It must stop when the request's `signal` is aborted, as fetch does. */
  readonly fetch?: Fetch;
  /** The time limit of an attempt in milliseconds, including the body of the response. 0 means no limit. Default: 60,000. */
  readonly timeout?: number;
  /** How often a call is retried at most, or an object with all settings of retries. 0 means never. Default: 3. */
  readonly retries?: number | RetryOptions;
  /** Headers of every request, such as `Prefer`. `Authorization` is set by `token`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Called before each attempt is sent. It may set headers of the request. If it throws, the call rejects with that error. */
  readonly onRequest?: (attempt: Attempt) => void | Promise<void>;
  /** Called after each attempt. If it throws, the call rejects with that error. */
  readonly onResponse?: (attempt: EndedAttempt) => void | Promise<void>;
}

/**
 * Sends a request. A function with a `light` property gets its requests there, unless a hook or middleware must see them, and
 * then needs no `Request` and no `Response`. `undiciFetch` of `apple-enrollment-client/node` returns such a function.
 */
export type Fetch = ((request: Request) => Promise<Response>) & {
  /** Sends a request without a `Request` and a `Response`. */
  readonly light?: LightFetch;
};

/** Full jitter: before retry n the client waits a random time up to `base` · 2ⁿ⁻¹ ms, in addition to `Retry-After`. */
export interface RetryOptions {
  /** How often a call is retried at most. Default: 3. */
  readonly times?: number;
  /** The longest wait before the first retry, in milliseconds. Default: 500. */
  readonly base?: number;
  /** The longest wait before any retry, in milliseconds. If `Retry-After` is longer, the call is not retried. Default: 30,000. */
  readonly longest?: number;
  /**
   * The retries that all calls of this client share. Each retry takes one; each attempt that succeeds adds a fifth. It
   * protects a service that is down from a flood of retries. Default: 100.
   */
  readonly budget?: number;
}

/** One attempt of a call. */
export interface Attempt {
  /** The request with its token and ids. All attempts of a call have the same `client-request-id`. */
  readonly request: Request;
  /** The number of the attempt; 1 for the first. */
  readonly attempt: number;
}

/** How an attempt ended: it has either a `response` or an `error`. */
export interface EndedAttempt extends Attempt {
  /** The response. Its body is in memory; clone the response before you read the body. */
  readonly response?: Response;
  /** The error that the call rejects with, unless it is retried. */
  readonly error?: unknown;
  /** How long the attempt took. */
  readonly milliseconds: number;
  /** Milliseconds until the next attempt; undefined if this was the last. */
  readonly retryIn?: number;
}

/** The numbers of `ClientOptions`, with their defaults filled in. */
export interface Settings {
  readonly timeout: number;
  readonly times: number;
  readonly base: number;
  readonly longest: number;
  readonly budget: number;
}

/** The longest time that setTimeout can wait; it does not wait at all for a longer one. */
const longestTimer = 2 ** 31 - 1;

/** @throws RangeError for a negative number, one that is not a number, and a time that is too long for a timer. */
export function settingsOf({ timeout = 60_000, retries = {} }: ClientOptions): Settings {
  const {
    times = 3,
    base = 500,
    longest = 30_000,
    budget = 100,
  } = typeof retries === "number" ? { times: retries } : retries;
  const settings = { timeout, times, base, longest, budget };
  for (const [name, value] of Object.entries(settings)) {
    const most = name === "times" || name === "budget" ? Number.POSITIVE_INFINITY : longestTimer;
    if (value >= 0 && value <= most) continue;
    const option = name === "timeout" ? name : `retries.${name}`;
    throw new RangeError(`The option ${option} must be a number from 0 to ${most}, not ${value}.`);
  }
  return settings;
}
