/**
 * What the tests run against: one service, and Prism between it and the tests as the judge of every answer. The runner
 * (run.ts) starts both once and hands them to each test file; a test file that is run alone starts its own. Tests don't
 * disturb each other because each has a tenant of its own.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
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
import { assertTellsNoSecret } from "./secrets.ts";

export interface Setting {
  /** The service root itself. */
  readonly direct: string;
  /** The service root as seen through Prism. */
  readonly judged: string;
  readonly identity: DevelopmentIdentity;
  close(): Promise<void>;
}

/** How the runner hands its setting over: through the environment of the test files' processes. */
const handedOver = "TEST_SETTING";

interface HandOver {
  readonly direct: string;
  readonly judged: string;
  readonly dataDir: string;
}

/** The folder for what tests write; git ignores it. */
export const outputDir = fileURLToPath(new URL("../.output/", import.meta.url));

/** The runner's setting, or one of this process's own. */
export async function enterSetting(): Promise<Setting> {
  const text = process.env[handedOver];
  if (text === undefined) return startOwnSetting();
  const { direct, judged, dataDir }: HandOver = JSON.parse(text);
  return { direct, judged, identity: await storedIdentity(dataDir), close: async () => {} };
}

async function startOwnSetting(): Promise<Setting> {
  const dataDir = temporaryFolder();
  const setting = await startSetting(dataDir, openSqliteStore(":memory:"));
  return {
    ...setting,
    close: async () => {
      await setting.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/**
 * Starts a setting and hands it to every process started from now on. It closes the store with itself, and looks whether
 * all that was logged meanwhile tells a secret.
 */
export async function startSetting(dataDir: string, keeper: Store): Promise<Setting> {
  const identity = await storedIdentity(dataDir);
  const store = faultyStore(keeper);
  // Each look at this clock is a second later, so that a date that should move is seen to.
  let time = Date.parse("2026-11-23T12:00:00.000Z");
  const now = () => {
    time += 1000;
    return new Date(time);
  };
  const logFile = join(dataDir, "service.log");
  const stream = destination({ dest: logFile, sync: true });
  const log = await openLog({ level: "info", database: "of the tests", stream });
  const { verifyToken } = identity;
  const { request: observe, error: reportFault } = log;
  const app = buildApp({
    store,
    verifyToken,
    development: identity,
    control: true,
    now,
    limitRate: throttling(),
    observe,
    reportFault,
  });
  app.addHook("onRequest", async ({ headers }) => failAsAsked(headers[failureHeader]));
  const direct = `${await app.listen({ host: "127.0.0.1", port: 0 })}/beta`;
  const prism = await startPrism("proxy", direct);
  const handOver: HandOver = { direct, judged: prism.url, dataDir };
  process.env[handedOver] = JSON.stringify(handOver);
  return {
    direct,
    judged: prism.url,
    identity,
    close: async () => {
      delete process.env[handedOver];
      await prism.close();
      await app.close();
      await store.close();
      assertTellsNoSecret(readFileSync(logFile, "utf8"));
    },
  };
}

/** A new folder below test/.output, for whoever asks to remove it. */
export function temporaryFolder(): string {
  mkdirSync(outputDir, { recursive: true });
  return mkdtempSync(join(outputDir, "tmp-"));
}
