import { test } from "node:test";
import { sqlite } from "./fixtures.ts";
import { killService, runKillRounds } from "./killRounds.ts";
import { rounds } from "./plan.ts";

test("on SQLite, no answered write is lost and no write is half done after kill -9 of the service under load", (t) =>
  runKillRounds(t, sqlite, rounds, killService));
