/** Starts a mutant of the service, and runs the checker against it. */
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
import { sendThrough } from "./gateway.ts";
import type { Mutant } from "./mutant.ts";

const identity = await ephemeralIdentity();

export interface Started {
  /** The service root. */
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Starts the service with the mutant's changed store and principal. @param store is closed together with the service. */
export async function start(
  { store: changeStore = (sound) => sound, principal = (sound) => sound }: Partial<Mutant> = {},
  store: Store = openSqliteStore(":memory:"),
): Promise<Started> {
  // This clock advances by a second at each reading, so that every change of a date is visible.
  let time = Date.parse("2026-11-23T12:00:00.000Z");
  const now = () => {
    time += 1000;
    return new Date(time);
  };
  const app = buildApp({
    store: changeStore(store),
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
      await store.close();
    },
  };
}

/**
 * Checks a started service in new tenants, through the mutant's gateway.
 *
 * @throws Error if the gateway itself fails, because the checker's result is then useless.
 */
export async function check(
  { baseUrl }: Started,
  { gateway }: Partial<Mutant> = {},
  selection: Partial<Selection> = {},
): Promise<Run> {
  const gatewayErrors: unknown[] = [];
  const target = await targetAt(baseUrl, gateway ? sendThrough(gateway(), gatewayErrors) : fetch);
  const result = await run(target, { selection: { ...everything, ...selection } });
  if (gatewayErrors.length > 0) throw gatewayErrors[0];
  return result;
}

/** Formats violations as `operationId status: message`. */
export function describeViolations({ violations }: Run): string[] {
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
