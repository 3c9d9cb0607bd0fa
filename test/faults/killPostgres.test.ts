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
  test("no answered write is lost and no write is half done if a service with one process is killed", (t) =>
    runKillRounds(t, one, part(0.4), killService));
  test("no answered write is lost and no write is half done if the database server is killed", (t) =>
    runKillRounds(t, one, part(0.2), killDatabase));
  test("no answered write is lost and no write is half done if all processes of the service are killed", (t) =>
    runKillRounds(t, two, part(0.2), killService));
  test("no answered write is lost and no write is half done if the primary process is killed", (t) =>
    runKillRounds(t, two, part(0.1), killPrimary));
  test("no answered write is lost and no write is half done if one of two workers is killed", (t) =>
    runKillRounds(t, two, part(0.1), killWorker));
});
