/** `backup` and `restore`, of the embedded store. */
import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { askForBackup } from "./backupDoor.ts";
import { databaseOf } from "./config.ts";
import { StartRefused } from "./startRefused.ts";
import type { Contents } from "./stores/sqliteBackup.ts";

interface Place {
  readonly dataDir: string;
  readonly databaseUrl?: string;
}

export function addBackupCommands(program: Command): void {
  const place = (command: Command) =>
    command
      .addOption(new Option("--data-dir <folder>", "folder of the database").env("DATA_DIR").default("./data"))
      .addOption(new Option("--database-url <url>", "the store: sqlite:<file>").env("DATABASE_URL"));
  place(
    program
      .command("backup <file>")
      .description("write all that the store holds into a new file, also while the service runs"),
  ).action(backUp);
  place(program.command("restore <file>").description("make a store of a backup; the service must not run on it"))
    .option("--force", "replace a store that is there; it is kept beside the new one", false)
    .action(restore);
}

async function backUp(name: string, place: Place): Promise<void> {
  const database = databaseFileOf(place);
  const file = resolve(name);
  if (existsSync(file)) throw new StartRefused(`${file} is there already: name another file.`);
  const { copyDatabaseFile, finishCopy, nameCopy } = await import("./stores/sqliteBackup.ts");
  const draft = `${file}.${randomUUID()}`;
  try {
    if (!(await askForBackup(database, draft))) await copyDatabaseFile(database, draft);
    const contents = finishCopy(draft);
    nameCopy(draft, file);
    console.log(`${file}: ${sentence(contents)}`);
  } finally {
    rmSync(draft, { force: true });
  }
}

async function restore(name: string, { force, ...place }: Place & { readonly force: boolean }): Promise<void> {
  const file = databaseFileOf(place);
  const { restoreDatabase } = await import("./stores/sqliteBackup.ts");
  const { replaced, ...contents } = restoreDatabase(resolve(name), file, force);
  console.log(`${file}: ${sentence(contents)}`);
  if (replaced !== undefined) console.log(`What was there before is ${replaced}.`);
}

function sentence({ profiles, assignments, schemaVersion }: Contents): string {
  return `${profiles} profiles, ${assignments} assignments, schema version ${schemaVersion}; checked.`;
}

function databaseFileOf({ databaseUrl, dataDir }: Place): string {
  const database = databaseOf(databaseUrl, dataDir, 1);
  if (database.kind === "postgres") {
    throw new StartRefused("backup and restore are for SQLite; for PostgreSQL there are pg_dump and pg_restore.");
  }
  if (database.file === ":memory:") throw new StartRefused("A store in memory can't be backed up or restored.");
  return resolve(database.file);
}
