/** Checks a mutant as the checker checks any server. */
import { randomUUID } from "node:crypto";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import type { Store } from "../../server/domain/store.ts";
import { openSqliteStore } from "../../server/stores/sqlite.ts";
import { nonsense, provoker } from "../../verify/callers.ts";
import { operationOf } from "../../verify/contract.ts";
import { type Run, run } from "../../verify/run.ts";
import { everything, type Selection } from "../../verify/selection.ts";
import type { Target } from "../../verify/target.ts";
import type { Answered, Asked, Gateway, Mutant, Next } from "./mutant.ts";

const identity = await ephemeralIdentity();
const write = ["DeviceManagementServiceConfig.ReadWrite.All", "DeviceManagementConfiguration.ReadWrite.All"];

/**
 * Starts the service with the mutant's change, checks it, and stops it.
 *
 * @param keeper it closes the store with itself.
 * @throws Error of the mutant itself, if its change can't be made: what the checker says then is worth nothing.
 */
export async function check(
  { gateway, store: broken = (sound) => sound, principal = (sound) => sound }: Omit<Mutant, "cell" | "name">,
  selection: Partial<Selection> = {},
  keeper: Store = openSqliteStore(":memory:"),
): Promise<Run> {
  // Each look at this clock is a second later, so that a date that should move is seen to.
  let time = Date.parse("2026-11-23T12:00:00.000Z");
  const now = () => {
    time += 1000;
    return new Date(time);
  };
  const app = buildApp({
    store: broken(keeper),
    verifyToken: async (token) => principal(await identity.verifyToken(token)),
    development: identity,
    control: true,
    docs: false,
    now,
  });
  const faults: unknown[] = [];
  try {
    const baseUrl = `${await app.listen({ host: "127.0.0.1", port: 0 })}/beta`;
    const target = await targetAt(baseUrl, gateway ? through(gateway(), faults) : fetch);
    const result = await run(target, { selection: { ...everything, ...selection } });
    if (faults.length > 0) throw faults[0];
    return result;
  } finally {
    await app.close();
    await keeper.close();
  }
}

/** The violations, as `operationId status: message`. */
export function named({ violations }: Run): string[] {
  return violations.map(({ operation, status, message }) => `${operation} ${status}: ${message}`);
}

async function targetAt(baseUrl: string, send: Target["fetch"]): Promise<Target> {
  const tenant = randomUUID();
  const token = (scopes: readonly string[], of = tenant) => identity.issueToken({ tenant: of, scopes });
  const full = await token(write);
  const tokens = {
    full,
    reader: await token(["DeviceManagementServiceConfig.Read.All"]),
    powerless: await token(["User.Read.All"]),
    stranger: await token(write, randomUUID()),
    nonsense,
  };
  return {
    baseUrl,
    roots: [baseUrl],
    tokens,
    provoke: provoker(baseUrl, full, fetch, 10_000),
    timeout: 30_000,
    fetch: send,
  };
}

/** Sends by way of the gateway. @param faults gets what it throws: the checker would take that for a silent server. */
export function through(gateway: Gateway, faults: unknown[]): Target["fetch"] {
  return async (request) => {
    const url = new URL(request.url);
    const asked: Asked = {
      operation: operationOf(request.method, url.pathname),
      method: request.method,
      url,
      headers: Object.fromEntries(request.headers),
      body: parsed(await request.text()),
    };
    try {
      const { status, headers, body } = await gateway(asked, next);
      return new Response(body === undefined ? null : textOf(body), { status, headers });
    } catch (error) {
      faults.push(error);
      throw error;
    }
  };
}

const next: Next = async ({ method, url, headers, body }) => {
  const response = await fetch(url, {
    method,
    headers,
    redirect: "manual",
    ...(body !== undefined && { body: textOf(body) }),
  });
  const answered: Answered = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: parsed(await response.text()),
  };
  // The body may be another one now.
  delete answered.headers["content-length"];
  return answered;
};

function parsed(text: string): Answered["body"] {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function textOf(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}
