/** What a client is made with, and what it takes where nothing is said. */
import type { LightFetch } from "./light.ts";

/** What a client is made with. */
export interface ClientOptions {
  /** The service root, such as `https://graph.microsoft.com/beta` or `http://127.0.0.1:3000/beta`. */
  readonly baseUrl: string;
  /** A JWT access token, or a function that gives one: it is asked before every attempt, and may renew the token then. */
  readonly token: string | (() => string | Promise<string>);
  /** Sends the requests instead of the global fetch. As that does, it has to heed the request's `signal`. */
  readonly fetch?: Fetch;
  /** Milliseconds an attempt may take, its answer's body included; 0: any time. Default: 60,000. */
  readonly timeout?: number;
  /** How many times at most a call is tried again, 0 for never, or more about it. Default: 3. */
  readonly retries?: number | RetryOptions;
  /** Sent with every request, such as `Prefer`. `Authorization` is the token's. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Told of each attempt before it is sent; may set headers of its request. What it throws, the call rejects with. */
  readonly onRequest?: (attempt: Attempt) => void | Promise<void>;
  /** Told how each attempt ended. What it throws, the call rejects with. */
  readonly onResponse?: (attempt: EndedAttempt) => void | Promise<void>;
}

/**
 * Sends a request. One that has `light` gets its requests there where neither a hook nor middleware is to see them, and
 * makes no Request and no Response then: what `undiciFetch` of `apple-enrollment-client/node` gives has it.
 */
export type Fetch = ((request: Request) => Promise<Response>) & {
  /** The way without. */
  readonly light?: LightFetch;
};

/** Full jitter: before retry n the wait is a random time up to `base` · 2ⁿ⁻¹ ms, and `Retry-After` comes on top. */
export interface RetryOptions {
  /** Retries of one call, at most. Default: 3. */
  readonly times?: number;
  /** Milliseconds, of which the first wait is a random part. Default: 500. */
  readonly base?: number;
  /** Milliseconds a call waits at a time, at most: what asks for more is answered at once. Default: 30,000. */
  readonly longest?: number;
  /**
   * Retries of all calls of this client that it has in reserve. Each takes one, each attempt that ends well gives a
   * fifth back: a service that is down gets no flood on top. Default: 100.
   */
  readonly budget?: number;
}

/** One try of a call. */
export interface Attempt {
  /** With its token and its ids; the same `client-request-id` on all attempts of a call. */
  readonly request: Request;
  /** 1 for the first. */
  readonly attempt: number;
}

/** How a try ended: with a `response`, or without one and with an `error`. */
export interface EndedAttempt extends Attempt {
  /** Its body is in memory; clone it before you read it. */
  readonly response?: Response;
  /** What the call rejects with, if it isn't tried again. */
  readonly error?: unknown;
  /** How long it took. */
  readonly milliseconds: number;
  /** Milliseconds until the next attempt, if there is one. */
  readonly retryIn?: number;
}

/** Every number that counts, none left out. */
export interface Settings {
  readonly timeout: number;
  readonly times: number;
  readonly base: number;
  readonly longest: number;
  readonly budget: number;
}

/** What setTimeout can wait: a longer one would be none at all. */
const longestTimer = 2 ** 31 - 1;

/** @throws RangeError for a number that none of them can be. */
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
    if (!(value >= 0 && value <= most)) throw new RangeError(`${name} must be 0 to ${most}, not ${value}.`);
  }
  return settings;
}
