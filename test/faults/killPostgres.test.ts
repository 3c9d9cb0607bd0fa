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

describe("on PostgreSQL, no answered write is lost and no write is half done after kill -9 under load", () => {
  const one = onPostgres(postgres);
  const two = onPostgres(postgres, { processes: 2 });
  const part = (share: number) => Math.ceil(rounds * share);
  test("of a service with one process", (t) => runKillRounds(t, one, part(0.4), killService));
  test("of the database server", (t) => runKillRounds(t, one, part(0.2), killDatabase));
  test("of all processes of a service with two workers", (t) => runKillRounds(t, two, part(0.2), killService));
  test("of the primary process of a service with two workers", (t) => runKillRounds(t, two, part(0.1), killPrimary));
  test("of one worker process of a service with two workers", (t) => runKillRounds(t, two, part(0.1), killWorker));
});
