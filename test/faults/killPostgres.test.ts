import { describe, test } from "node:test";
import { enterPostgres, onPostgres } from "./fixtures.ts";
import { answersAgain, type Kill, killPrimary, killService, killWorker, runKillRounds } from "./killRounds.ts";
import { patience, rounds, withTolerance } from "./plan.ts";

const postgres = await enterPostgres();

/** Kills and restarts the database server. It recovers from its log, and the service reconnects. */
const killDatabase: Kill = async ({ fixture, service, endLoad }) => {
  await postgres.kill();
  try {
    await endLoad();
  } finally {
    await postgres.start();
  }
  await answersAgain({ url: service.url, token: await fixture.token() }, withTolerance(patience));
  return service;
};

describe("kill -9 under load on PostgreSQL", () => {
  const one = onPostgres(postgres);
  const two = onPostgres(postgres, { processes: 2 });
  const part = (share: number) => Math.ceil(rounds * share);
  test("loses no answered write and leaves none half done if it hits a service with one process", (t) =>
    runKillRounds(t, one, part(0.4), killService));
  test("loses no answered write and leaves none half done if it hits the database server", (t) =>
    runKillRounds(t, one, part(0.2), killDatabase));
  test("loses no answered write and leaves none half done if it hits all processes", (t) =>
    runKillRounds(t, two, part(0.2), killService));
  test("loses no answered write and leaves none half done if it hits the primary process", (t) =>
    runKillRounds(t, two, part(0.1), killPrimary));
  test("loses no answered write and leaves none half done if it hits one of two workers", (t) =>
    runKillRounds(t, two, part(0.1), killWorker));
});
