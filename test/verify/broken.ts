/** Starts a mutant, and checks it as the checker checks any server. */
import { randomUUID } from "node:crypto";
import { buildApp } from "../../server/app.ts";
import { defaultScopes, ephemeralIdentity } from "../../server/auth/development.ts";
import type { Store } from "../../server/domain/store.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import type { Run } from "../../verify/judging/verdict.ts";
import { everything, type Selection } from "../../verify/playing/selection.ts";
import { run } from "../../verify/run.ts";
import { createProvoker, nonsense } from "../../verify/server/callers.ts";
import type { Target } from "../../verify/server/target.ts";
import { through } from "./gateway.ts";
import type { Mutant } from "./mutant.ts";

const identity = await ephemeralIdentity();

export interface Started {
  /** Its service root. */
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Starts the service with what the mutant changes inside. @param keeper is closed with it. */
export async function start(
  { store: broken = (sound) => sound, principal = (sound) => sound }: Partial<Mutant> = {},
  keeper: Store = openSqliteStore(":memory:"),
): Promise<Started> {
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
  return {
    baseUrl: `${await app.listen({ host: "127.0.0.1", port: 0 })}/beta`,
    close: async () => {
      await app.close();
      await keeper.close();
    },
  };
}

/**
 * Checks a service that was started, in new tenants, by way of the mutant's gateway.
 *
 * @throws Error of the gateway itself: what the checker says then is worth nothing.
 */
export async function check(
  { baseUrl }: Started,
  { gateway }: Partial<Mutant> = {},
  selection: Partial<Selection> = {},
): Promise<Run> {
  const faults: unknown[] = [];
  const target = await targetAt(baseUrl, gateway ? through(gateway(), faults) : fetch);
  const result = await run(target, { selection: { ...everything, ...selection } });
  if (faults.length > 0) throw faults[0];
  return result;
}

/** The violations, as `operationId status: message`. */
export function named({ violations }: Run): string[] {
  return violations.map(({ operation, status, message }) => `${operation} ${status}: ${message}`);
}

async function targetAt(baseUrl: string, send: Target["fetch"]): Promise<Target> {
  const tenant = randomUUID();
  const token = (scopes = defaultScopes, of = tenant) => identity.issueToken({ tenant: of, scopes });
  const full = await token();
  const tokens = {
    full,
    reader: await token(["DeviceManagementServiceConfig.Read.All"]),
    powerless: await token(["User.Read.All"]),
    stranger: await token(defaultScopes, randomUUID()),
    nonsense,
  };
  const provoke = createProvoker(baseUrl, full, fetch, 10_000);
  return { baseUrl, roots: [baseUrl], tokens, provoke, timeout: 30_000, fetch: send };
}
