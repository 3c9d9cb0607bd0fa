/**
 * A client that sends random operations, one at a time, to its own tenant, and some to a tenant that it shares with other
 * clients. It knows the exact content of its own tenant from the answers.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Call } from "../support/tenant.ts";
import { type Endpoint, entityOf, idsOf, readTenant, send } from "./endpoint.ts";
import { bounded, expect, shown, type Tenant } from "./model.ts";
import { type Operation, sequences } from "./operations.ts";
import { toRequest } from "./requests.ts";
import type { SharedTenant } from "./sharedTenant.ts";

/** Generates an infinite sequence of random operations. */
export function* randomOperations(seed: number): Generator<Operation> {
  for (let part = seed; ; part++) yield* fc.sample(sequences, { seed: part, numRuns: 100 }).flat();
}

export class Writer {
  readonly #token: string;
  readonly #operations: Iterator<Operation, void>;
  readonly #shared: SharedTenant;
  #tenant: Tenant = [];
  /** The last request, if it got no answer. The service must have carried it out either completely or not at all. */
  #unanswered: { readonly operation: Operation; readonly call: Call } | undefined;
  #sent = 0;
  #answered = 0;

  constructor(token: string, operations: Iterator<Operation, void>, shared: SharedTenant) {
    this.#token = token;
    this.#operations = operations;
    this.#shared = shared;
  }

  /** The number of answered requests. */
  get answered(): number {
    return this.#answered;
  }

  /** Sends requests until `isOver` returns `true`, or until a request gets no answer or a 503. */
  async run(url: string, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      this.#sent += 1;
      const { value: operation } = this.#operations.next();
      if (!operation) return;
      const isAnswered =
        this.#sent % 4 === 0 ? await this.#shared.send(url, operation) : await this.#send(url, operation);
      if (!isAnswered) return;
      this.#answered += 1;
    }
  }

  async #send(url: string, random: Operation): Promise<boolean> {
    const operation = bounded(this.#tenant, random, 5);
    const call =
      this.#sent % 2 === 0 ? toRequest(this.#tenant, operation) : toRepeatableRequest(this.#tenant, operation);
    const after = await sendAndCheck({ url, token: this.#token }, this.#tenant, operation, call);
    if (after) this.#tenant = after;
    else this.#unanswered = { operation, call };
    return after !== undefined;
  }

  /**
   * Reads the tenant and asserts that it matches the answers, with or without the unanswered request. If that request is
   * repeatable, it is sent again and must get the answer that it would have got the first time.
   */
  async settle(url: string): Promise<void> {
    const open = this.#unanswered;
    const before = this.#tenant;
    await this.#compare(url);
    if (!open?.call.headers?.["Repeatability-Request-ID"]) return;
    const after = await sendAndCheck({ url, token: this.#token }, before, open.operation, open.call);
    assert.ok(after, "the repeated request must be answered");
    this.#tenant = after;
    await this.#compare(url);
  }

  async #compare(url: string): Promise<void> {
    const found = await readTenant({ url, token: this.#token });
    const known = new Set(idsOf(shown(this.#tenant)));
    const newId = idsOf(found).find((id) => !known.has(id));
    const open = this.#unanswered?.operation;
    const done = open && expect(this.#tenant, open, String(newId)).after;
    this.#unanswered = undefined;
    if (done && isDeepStrictEqual(found, shown(done))) {
      this.#tenant = done;
      return;
    }
    try {
      assert.deepEqual(found, shown(this.#tenant));
    } catch (error) {
      throw new Error(`the tenant matches neither with nor without the unanswered request ${JSON.stringify(open)}`, {
        cause: error,
      });
    }
  }
}

/** Converts an operation to a request with a new repeatability id. */
export function toRepeatableRequest(tenant: Tenant, operation: Operation): Call {
  const { headers, ...call } = toRequest(tenant, operation);
  const id = { "Repeatability-Request-ID": randomUUID(), "Repeatability-First-Sent": new Date().toUTCString() };
  return { ...call, headers: { ...headers, ...id } };
}

/**
 * Sends an operation and asserts that the answer is the one that the model predicts.
 * @returns the tenant after the operation, or `undefined` if the service does not answer, or answers 503.
 */
export async function sendAndCheck(
  endpoint: Endpoint,
  tenant: Tenant,
  operation: Operation,
  call = toRequest(tenant, operation),
): Promise<Tenant | undefined> {
  const answer = await send(endpoint, call);
  if (answer === undefined || answer.status === 503) return undefined;
  const { status, body, after } = expect(tenant, operation, String(Object(answer.body).id));
  const what = `${JSON.stringify(operation)} in ${JSON.stringify(tenant)}`;
  assert.equal(answer.status, status, `${what} → ${JSON.stringify(answer.body)}`);
  if (body === undefined) return after;
  try {
    assert.deepEqual(shownBody(answer.body), body);
  } catch (error) {
    throw new Error(what, { cause: error });
  }
  return after;
}

function shownBody(body: unknown): unknown {
  if (typeof body === "string") return body;
  const { value } = Object(body);
  return Array.isArray(value) ? value.map(entityOf) : entityOf(body);
}
