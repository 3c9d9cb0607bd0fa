import { describe, test } from "node:test";
import { enterPostgres, onPostgres } from "./grounds.ts";
import { answersAgain, killPrimary, killService, killWorker, playKills, type Strike } from "./killRounds.ts";
import { patience, promised, rounds } from "./plan.ts";

const postgres = await enterPostgres();

/** Recovers from its log when it starts. The service lives, and finds it again. */
const killDatabase: Strike = async ({ ground, service, endLoad }) => {
  await postgres.kill();
  try {
    await endLoad();
  } finally {
    await postgres.start();
  }
  await answersAgain({ url: service.url, token: await ground.token() }, promised(patience));
  return service;
};

describe("PostgreSQL keeps every answered write, and nothing by half, through kill -9 under load", () => {
  const one = onPostgres(postgres);
  const two = onPostgres(postgres, { processes: 2 });
  const some = (share: number) => Math.ceil(rounds * share);
  test("of the service", (t) => playKills(t, one, some(0.4), killService));
  test("of the database server", (t) => playKills(t, one, some(0.2), killDatabase));
  test("of all processes of a service", (t) => playKills(t, two, some(0.2), killService));
  test("of the process that starts the others", (t) => playKills(t, two, some(0.1), killPrimary));
  test("of one process of two", (t) => playKills(t, two, some(0.1), killWorker));
});
