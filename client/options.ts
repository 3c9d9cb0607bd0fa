/** The options of a client, and their defaults. */
import type { LightFetch } from "./light.ts";

/** The options of `createClient`. */
export interface ClientOptions {
  /** The service root, such as `https://graph.microsoft.com/beta` or `http://127.0.0.1:3000/beta`. */
  readonly baseUrl: string;
  /** A JWT access token, or a function that returns one. The function is called before every attempt, so it can renew the token. */
  readonly token: string | (() => string | Promise<string>);
  /** A replacement for the global fetch. Like fetch, it must reject when the request's `signal` is aborted. */
  readonly fetch?: Fetch;
  /** The time limit of an attempt in milliseconds, including the body of the response. 0 means no limit. Default: 60,000. */
  readonly timeout?: number;
  /** The maximum number of retries of a call, or an object with all retry options. 0 means no retries. Default: 3. */
  readonly retries?: number | RetryOptions;
  /** Headers that are added to every request, such as `Prefer`. `Authorization` comes from `token`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Called before each attempt is sent. It may set request headers. If it throws, the call rejects with that error. */
  readonly onRequest?: (attempt: Attempt) => void | Promise<void>;
  /** Called after each attempt. If it throws, the call rejects with that error. */
  readonly onResponse?: (attempt: EndedAttempt) => void | Promise<void>;
}

/**
 * Sends a request. If the function has a `light` property and no hook or middleware needs a real `Request`, the client
 * calls `light` instead, which avoids the cost of a `Request` and a `Response`. `undiciFetch` in
 * `apple-enrollment-client/node` returns such a function.
 */
export type Fetch = ((request: Request) => Promise<Response>) & {
  /** Sends a request without a `Request` and a `Response`. */
  readonly light?: LightFetch;
};

/** Full jitter: before retry n the client waits a random time up to `base` · 2ⁿ⁻¹ ms, in addition to `Retry-After`. */
export interface RetryOptions {
  /** The maximum number of retries of a call. Default: 3. */
  readonly times?: number;
  /** The longest wait before the first retry, in milliseconds. Default: 500. */
  readonly base?: number;
  /** The longest wait before any retry, in milliseconds. If `Retry-After` is longer, the call is not retried. Default: 30,000. */
  readonly longest?: number;
  /**
   * The number of retries that all calls of this client share. Each retry takes 1, and each successful attempt adds 0.2.
   * This protects a service that is down from a flood of retries. Default: 100.
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

/** An attempt that has ended, with either a `response` or an `error`. */
export interface EndedAttempt extends Attempt {
  /** The response. Its body is in memory. Clone the response before you read the body. */
  readonly response?: Response;
  /** The error that the call rejects with, unless it is retried. */
  readonly error?: unknown;
  /** The duration of the attempt in milliseconds. */
  readonly milliseconds: number;
  /** Milliseconds until the next attempt; undefined if this was the last. */
  readonly retryIn?: number;
}

/** The numeric options of `ClientOptions`, with their defaults filled in. */
export interface Settings {
  readonly timeout: number;
  readonly times: number;
  readonly base: number;
  readonly longest: number;
  readonly budget: number;
}

/** The maximum delay of setTimeout. A longer delay would make it fire immediately. */
const longestTimer = 2 ** 31 - 1;

/** @throws RangeError if a numeric option is negative, not a number, or too long for a timer. */
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
