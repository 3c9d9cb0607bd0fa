/**
 * A client with a tenant of its own, in which it sends one random operation after the other, and now and then one to a
 * tenant that it shares. It knows exactly what its own tenant must hold: what was answered, and nothing else.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Call } from "../support/tenant.ts";
import { type Door, entityOf, idsOf, readTenant, send } from "./door.ts";
import { bounded, expect, shown, type Tenant } from "./model.ts";
import { type Operation, operations } from "./operations.ts";
import { requestOf } from "./requests.ts";
import type { SharedTenant } from "./sharedTenant.ts";

/** Random operations without end. */
export function* endlessly(seed: number): Generator<Operation> {
  for (let part = seed; ; part++) yield* fc.sample(operations, { seed: part, numRuns: 100 });
}

export class Writer {
  readonly #token: string;
  readonly #operations: Iterator<Operation, void>;
  readonly #shared: SharedTenant;
  #tenant: Tenant = [];
  /** Sent, and not answered: done or not, but not by half. */
  #open: { readonly operation: Operation; readonly call: Call } | undefined;
  #sent = 0;
  #answered = 0;

  constructor(token: string, operations: Iterator<Operation, void>, shared: SharedTenant) {
    this.#token = token;
    this.#operations = operations;
    this.#shared = shared;
  }

  /** Requests that were answered. */
  get answered(): number {
    return this.#answered;
  }

  /** Sends until it is over, or until an answer doesn't come or says that the store can't answer. */
  async run(url: string, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      this.#sent += 1;
      const { value: operation } = this.#operations.next();
      if (!operation) return;
      const isAnswered =
        this.#sent % 4 === 0 ? await this.#shared.play(url, operation) : await this.#play(url, operation);
      if (!isAnswered) return;
      this.#answered += 1;
    }
  }

  async #play(url: string, random: Operation): Promise<boolean> {
    const operation = bounded(this.#tenant, random, 5);
    const call = this.#sent % 2 === 0 ? requestOf(this.#tenant, operation) : repeatable(this.#tenant, operation);
    const after = await play({ url, token: this.#token }, this.#tenant, operation, call);
    if (after) this.#tenant = after;
    else this.#open = { operation, call };
    return after !== undefined;
  }

  /**
   * Reads the tenant, and asserts that it is what was answered, with the one request that was not, or without it. If that
   * one is repeatable, it is repeated then, and answered as if it came for the first time.
   */
  async settle(url: string): Promise<void> {
    const open = this.#open;
    const before = this.#tenant;
    await this.#compare(url);
    if (!open?.call.headers?.["Repeatability-Request-ID"]) return;
    const after = await play({ url, token: this.#token }, before, open.operation, open.call);
    assert.ok(after, "it is answered now");
    this.#tenant = after;
    await this.#compare(url);
  }

  async #compare(url: string): Promise<void> {
    const found = await readTenant({ url, token: this.#token });
    const known = new Set(idsOf(shown(this.#tenant)));
    const newId = idsOf(found).find((id) => !known.has(id));
    const open = this.#open?.operation;
    const done = open && expect(this.#tenant, open, String(newId)).after;
    this.#open = undefined;
    if (done && isDeepStrictEqual(found, shown(done))) {
      this.#tenant = done;
      return;
    }
    try {
      assert.deepEqual(found, shown(this.#tenant));
    } catch (error) {
      throw new Error(`neither with nor without ${JSON.stringify(open)}, which was not answered`, { cause: error });
    }
  }
}

/** The request under an id of its own. */
function repeatable(tenant: Tenant, operation: Operation): Call {
  const { headers, ...call } = requestOf(tenant, operation);
  const id = { "Repeatability-Request-ID": randomUUID(), "Repeatability-First-Sent": new Date().toUTCString() };
  return { ...call, headers: { ...headers, ...id } };
}

/**
 * Sends an operation, and asserts that the answer is the model's.
 * @returns what the tenant is then; undefined if there is no answer, or a 503.
 */
export async function play(
  door: Door,
  tenant: Tenant,
  operation: Operation,
  call = requestOf(tenant, operation),
): Promise<Tenant | undefined> {
  const answer = await send(door, call);
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
