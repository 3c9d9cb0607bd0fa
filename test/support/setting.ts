/**
 * The test fixture consists of one service and of Prism, a proxy that checks every answer of the service. The runner (run.ts)
 * starts both once for all test files. A test file that runs alone starts its own fixture. Tests do not affect each other,
 * because each test has its own tenant.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { destination } from "pino";
import { buildApp } from "../../server/app.ts";
import { type DevelopmentIdentity, storedIdentity } from "../../server/auth/development.ts";
import type { Store } from "../../server/domain/store.ts";
import { openLog } from "../../server/observability/log.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { failAsAsked, failureHeader, faultyStore, throttling } from "./faulty.ts";
import { startPrism } from "./prism.ts";
import { assertNoSecret } from "./secrets.ts";

export interface Setting {
  /** The service root for requests that bypass Prism. */
  readonly direct: string;
  /** The service root for requests through Prism. */
  readonly judged: string;
  readonly identity: DevelopmentIdentity;
  close(): Promise<void>;
}

/** The mode of the service: as openapi.yaml describes it, or strict. */
export type Mode = "contract" | "strict";

/** The environment variables in which the runner passes its fixtures to the test files' processes. */
const fixtureVariables = { contract: "TEST_SETTING", strict: "TEST_STRICT_SETTING" } as const;

interface SharedFixture {
  readonly direct: string;
  readonly judged: string;
  readonly dataDir: string;
}

/** The folder into which tests write files. Git ignores it. */
export const outputDir = fileURLToPath(new URL("../.output/", import.meta.url));

/** Returns the runner's fixture, or starts a fixture for this process. */
export async function enterSetting(mode: Mode = "contract"): Promise<Setting> {
  const text = process.env[fixtureVariables[mode]];
  if (text === undefined) return startOwnSetting(mode);
  const { direct, judged, dataDir }: SharedFixture = JSON.parse(text);
  return { direct, judged, identity: await storedIdentity(dataDir), close: async () => {} };
}

async function startOwnSetting(mode: Mode): Promise<Setting> {
  const dataDir = temporaryFolder();
  const setting = await startSetting(dataDir, openSqliteStore(":memory:"), mode);
  return {
    ...setting,
    close: async () => {
      await setting.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/**
 * Starts a fixture and shares it with all child processes started from now on. `close` closes the store as well, and
 * asserts that the log contains no secret.
 */
export async function startSetting(dataDir: string, keeper: Store, mode: Mode = "contract"): Promise<Setting> {
  const identity = await storedIdentity(dataDir);
  const store = faultyStore(keeper);
  // The clock advances by a second each time it is read, so that tests can see that a date changes.
  let time = Date.parse("2026-11-23T12:00:00.000Z");
  const now = () => {
    time += 1000;
    return new Date(time);
  };
  const logFile = join(dataDir, `${mode}.log`);
  const stream = destination({ dest: logFile, sync: true });
  const log = await openLog({ level: "info", database: "of the tests", stream });
  const { verifyToken } = identity;
  const { request: observe, error: reportError } = log;
  const app = buildApp({
    store,
    verifyToken,
    development: identity,
    control: true,
    strict: mode === "strict",
    now,
    limitRate: throttling(),
    observe,
    reportError,
  });
  app.addHook("onRequest", async ({ headers }) => failAsAsked(headers[failureHeader]));
  const origin = await app.listen({ host: "127.0.0.1", port: 0 });
  const direct = `${origin}/beta`;
  // Prism gets the contract that the service serves. It cannot download it.
  const contract = join(dataDir, `${mode}.json`);
  writeFileSync(contract, await (await fetch(`${origin}/openapi.json`)).text());
  const prism = await startPrism("proxy", direct, contract);
  const shared: SharedFixture = { direct, judged: prism.url, dataDir };
  process.env[fixtureVariables[mode]] = JSON.stringify(shared);
  return {
    direct,
    judged: prism.url,
    identity,
    close: async () => {
      delete process.env[fixtureVariables[mode]];
      await prism.close();
      await app.close();
      await store.close();
      assertNoSecret(readFileSync(logFile, "utf8"));
    },
  };
}

/** Creates a folder in test/.output. The caller must delete it. */
export function temporaryFolder(): string {
  mkdirSync(outputDir, { recursive: true });
  return mkdtempSync(join(outputDir, "tmp-"));
}
