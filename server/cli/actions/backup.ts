/** Backs up the SQLite database, and restores it from a backup. */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { requestBackup } from "../../process/backupSocket.ts";
import { defaultDatabase } from "../../process/database.ts";
import type { GivenSettings } from "../../process/givenSettings.ts";
import { StartRefused } from "../../shared/startRefused.ts";
import type { DatabaseContents } from "../../stores/sqlite/backup.ts";

/** Writes a backup and prints a summary of its content. A signal interrupts it. @throws StartRefused */
export async function backUp(fileName: string, settings: GivenSettings): Promise<void> {
  const database = requireSqliteFile(settings);
  const file = resolve(fileName);
  if (existsSync(file)) throw new StartRefused(`${file} already exists: give the name of a new file.`);
  const { signal, stop } = listenForInterruption();
  try {
    const contents = await writeBackup(database, file, signal);
    console.log(`${file}: ${describeContents(contents)}`);
  } catch (error) {
    if (!signal.aborted) throw error;
    console.error("Interrupted. No backup was written.");
  } finally {
    stop();
  }
}

async function writeBackup(database: string, file: string, signal: AbortSignal): Promise<DatabaseContents> {
  const { copyDatabaseFile, finishCopy, nameCopy, removeDraft } = await import("../../stores/sqlite/backup.ts");
  const draft = `${file}.${randomUUID()}`;
  try {
    if (!(await requestBackup(database, draft, signal))) await copyDatabaseFile(database, draft, signal);
    if (!existsSync(draft)) {
      throw new StartRefused(
        `The service has written the backup, but this command cannot find it at ${draft}. Run the command in the same container and as the same user as the service.`,
      );
    }
    const contents = finishCopy(draft);
    // The check blocks the event loop. A signal that arrived meanwhile is handled in the next turn.
    await nextTurn();
    signal.throwIfAborted();
    nameCopy(draft, file);
    return contents;
  } finally {
    removeDraft(draft);
  }
}

/** Aborts the signal on the first Ctrl-C or SIGTERM, so that the incomplete file is deleted. The second one ends the process. */
function listenForInterruption(): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const interrupt = (name: NodeJS.Signals) => {
    // A shell reports the same exit codes for a process that the signal has killed.
    process.exitCode = name === "SIGINT" ? 130 : 143;
    controller.abort();
  };
  const stop = () => void process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  return { signal: controller.signal, stop };
}

/** Replaces the database with a backup. @param force whether an existing database may be replaced. @throws StartRefused */
export async function restore(fileName: string, settings: GivenSettings, force: boolean): Promise<void> {
  const database = requireSqliteFile(settings);
  const { restoreDatabase } = await import("../../stores/sqlite/backup.ts");
  const { replaced, leftOver, ...contents } = restoreDatabase(resolve(fileName), database, force);
  console.log(`${database}: ${describeContents(contents)}`);
  if (replaced !== undefined) console.log(`The previous database is now ${replaced}.`);
  if (leftOver.length > 0) console.log(`Other files of the previous database are now ${leftOver.join(", ")}.`);
}

function describeContents({ profiles, assignments, schemaVersion }: DatabaseContents): string {
  return `${profiles} profiles, ${assignments} assignments, schema version ${schemaVersion}; checked.`;
}

/** Returns the path of the SQLite file. @throws StartRefused if the database is in memory or PostgreSQL. */
function requireSqliteFile({ value }: GivenSettings): string {
  const database = value("databaseUrl") ?? defaultDatabase(value("dataDir"));
  if (database.kind === "postgres") {
    throw new StartRefused("backup and restore support only SQLite: use pg_dump and pg_restore for PostgreSQL.");
  }
  if (database.file === ":memory:") {
    throw new StartRefused("A database in memory cannot be backed up or restored: DATABASE_URL must be sqlite:<file>.");
  }
  return resolve(database.file);
}
