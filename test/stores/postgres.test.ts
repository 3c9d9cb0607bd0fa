import { rmSync } from "node:fs";
import { after } from "node:test";
import { openPostgresStore } from "../../server/stores/postgres.ts";
import { startPostgres } from "../postgres.ts";
import { temporaryFolder } from "../setting.ts";
import { describeStore } from "./suite.ts";

const folder = temporaryFolder();
const postgres = await startPostgres(folder);
after(async () => {
  await postgres.close();
  rmSync(folder, { recursive: true });
});

describeStore("PostgreSQL", async () => openPostgresStore(await postgres.newDatabase()));
