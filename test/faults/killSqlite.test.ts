import { test } from "node:test";
import { sqlite } from "./grounds.ts";
import { killService, playKills } from "./killRounds.ts";
import { rounds } from "./plan.ts";

test("SQLite keeps every answered write, and nothing by half, through kill -9 of the service under load", (t) =>
  playKills(t, sqlite, rounds, killService));
