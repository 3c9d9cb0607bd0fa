/** Runs the tests of the store on an existing database. `npm run test:postgres -- --url postgres://…` runs this file. */
import assert from "node:assert/strict";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import { existingServer } from "../support/postgres.ts";
import { describeStore } from "./suite.ts";

const url = process.env[existingServer];
assert.ok(url, `${existingServer} must be the URL of a PostgreSQL database`);
describeStore("PostgreSQL on an existing server", () => openPostgresStore(url));
