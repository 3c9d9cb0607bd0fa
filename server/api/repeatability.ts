/** The headers of repeatable requests (OASIS, Repeatable Requests 1.0): they distinguish a repeated request from a new one. */
import { hash } from "node:crypto";
import type { Principal } from "../auth/principal.ts";
import { requestIdHeader, requestIdReused } from "../domain/repeats.ts";
import type { RepeatabilityKey } from "../domain/store.ts";
import { RequestError } from "../http/errors.ts";
import { repeatability } from "../shared/limits.ts";

const firstSentHeader = "Repeatability-First-Sent";

/** The response header that says whether the request is executed once (`accepted`) or was not executed (`rejected`). */
export function resultHeader(result: "accepted" | "rejected"): Readonly<Record<string, string>> {
  return { "Repeatability-Result": result };
}

/** Whether a request has a repeatability header. @param headers the request headers, with names in lower case. */
export function wantsRepeat(headers: Readonly<Record<string, unknown>>): boolean {
  return headers["repeatability-request-id"] !== undefined || headers["repeatability-first-sent"] !== undefined;
}

/** The parts of a request from which its repeatability key and its fingerprint are computed. */
export interface RepeatableRequest {
  readonly principal: Principal;
  readonly method: string;
  /** The normalized path and query. */
  readonly url: string;
  /** The validated headers, with the names that they have in the contract. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/**
 * Computes the key and the fingerprint of a repeatable request.
 * @throws RequestError 400 if one of the two headers is missing or the day of the week is wrong; 412 if the request is so old
 *   that the service may have forgotten its answer.
 */
export function repeatOf({ principal, method, url, headers, body }: RepeatableRequest): RepeatabilityKey {
  const { [requestIdHeader]: id, [firstSentHeader]: firstSent, "Repeatability-Client-ID": client = "" } = headers;
  if (id === undefined) throw headerError(requestIdHeader, `is missing; ${firstSentHeader} requires it`);
  if (firstSent === undefined) throw headerError(firstSentHeader, `is missing; ${requestIdHeader} requires it`);
  const sent = sentAt(String(firstSent));
  return {
    key: digest(principal.application, client, id),
    request: digest(method, url, firstSent, headers["If-Match"], headers["If-None-Match"], body),
    expires: sent + repeatability.window + repeatability.grace,
    reuse: requestIdReused,
  };
}

/** Parses Repeatability-First-Sent. @returns milliseconds since 1970. */
function sentAt(firstSent: string): number {
  const sent = new Date(firstSent);
  // The contract's pattern accepts only dates that exist, but cannot know the day of the week, which JavaScript ignores.
  if (sent.toUTCString() !== firstSent) {
    const problem = `is ${firstSent}, a date with the wrong day of the week; it must be ${sent.toUTCString()}`;
    throw headerError(firstSentHeader, problem);
  }
  const now = new Date();
  if (Math.abs(sent.valueOf() - now.valueOf()) > repeatability.window) {
    const problem = `is ${firstSent}, more than 24 hours from now (${now.toUTCString()}); the service remembers for 24 hours whether a request was executed`;
    throw headerError(firstSentHeader, problem, 412);
  }
  return sent.valueOf();
}

function headerError(target: string, problem: string, status: 400 | 412 = 400): RequestError {
  const message = `${target} ${problem}.`;
  return new RequestError(status, message, { details: [{ target, message }], headers: resultHeader("rejected") });
}

function digest(...parts: readonly unknown[]): string {
  return hash("sha256", JSON.stringify(parts), "base64url");
}
