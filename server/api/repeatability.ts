/** The headers of repeatable requests (OASIS, Repeatable Requests 1.0): what tells one and its repetitions from others. */
import { hash } from "node:crypto";
import type { Principal } from "../auth/principal.ts";
import { short } from "../domain/errors.ts";
import { requestIdHeader, requestIdReused } from "../domain/repeats.ts";
import type { RepeatabilityKey } from "../domain/store.ts";
import { RequestError } from "../http/errors.ts";
import { repeatability } from "../shared/limits.ts";

const firstSentHeader = "Repeatability-First-Sent";

/** Of an answer: whether the request is carried out once, or nothing was done. */
export function resultHeader(result: "accepted" | "rejected"): Readonly<Record<string, string>> {
  return { "Repeatability-Result": result };
}

/** Whether a request wants to be repeatable. @param headers names in lower case. */
export function wantsRepeat(headers: Readonly<Record<string, unknown>>): boolean {
  return headers["repeatability-request-id"] !== undefined || headers["repeatability-first-sent"] !== undefined;
}

export interface Asked {
  readonly principal: Principal;
  readonly method: string;
  /** Path and query, in their one spelling. */
  readonly url: string;
  /** As the contract has them; their form is checked. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/**
 * What a request that wants to be repeatable is known by.
 * @throws RequestError 400 for half of it or no date, 412 for what may be forgotten already.
 */
export function repeatOf({ principal, method, url, headers, body }: Asked): RepeatabilityKey {
  const { [requestIdHeader]: id, [firstSentHeader]: firstSent, "Repeatability-Client-ID": client = "" } = headers;
  if (id === undefined) throw fault(requestIdHeader, `is missing; ${firstSentHeader} goes with it`);
  if (firstSent === undefined) throw fault(firstSentHeader, `is missing; ${requestIdHeader} goes with it`);
  const sent = new Date(String(firstSent));
  // A date that is none, such as 31 Feb, or another day of the week, comes back as another.
  if (Number.isNaN(sent.valueOf()) || sent.toUTCString() !== firstSent) {
    throw fault(firstSentHeader, `is ${JSON.stringify(short(String(firstSent)))}, which is no date of the calendar`);
  }
  const now = new Date();
  if (Math.abs(sent.valueOf() - now.valueOf()) > repeatability.window) {
    const problem = `is ${firstSent}, and now it is ${now.toUTCString()}; only for 24 hours it is known whether the request was carried out`;
    throw fault(firstSentHeader, problem, 412);
  }
  return {
    key: digest(principal.application, client, id),
    request: digest(method, url, firstSent, headers["If-Match"], headers["If-None-Match"], body),
    expires: sent.valueOf() + repeatability.window + repeatability.grace,
    reuse: requestIdReused,
  };
}

function fault(target: string, problem: string, status: 400 | 412 = 400): RequestError {
  const message = `${target} ${problem}.`;
  return new RequestError(status, message, { details: [{ target, message }], headers: resultHeader("rejected") });
}

function digest(...parts: readonly unknown[]): string {
  return hash("sha256", JSON.stringify(parts), "base64url");
}
