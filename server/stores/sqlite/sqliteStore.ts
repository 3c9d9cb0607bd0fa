/**
 * The SQLite store, for a single process, with a database in a file or in memory. A write is answered only after its
 * commit is on disk, as with synchronous=FULL. But this store flushes the write-ahead log itself, outside the commit,
 * so that the event loop can handle other requests while the disk is busy. SQLite only flushes during checkpoints
 * (synchronous=NORMAL).
 */
import { openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { DomainError } from "../../domain/errors.ts";
import type { Command, RepeatabilityKey, Store } from "../../domain/store.ts";
import { makePrivateFolder } from "../../shared/files.ts";
import { scans } from "../../shared/limits.ts";
import { StartRefused } from "../../shared/startRefused.ts";
import { createJob } from "../jobs.ts";
import { type Flush, noFlushes, openFlushes } from "./flushes.ts";
import { groupCommit } from "./groupCommit.ts";
import { watchHealth } from "./health.ts";
import { sqliteReads } from "./reads.ts";
import { openRemovals } from "./removals.ts";
import { describeSqliteError, remedyAtStart } from "./resultCodes.ts";
import type { ScanLimits } from "./scans.ts";
import { migrate } from "./schema/schema.ts";
import { prepareStatements } from "./statements.ts";
import { divideIntoTurns } from "./turns.ts";

export interface SqliteStore extends Store {
  /**
   * Copies the database into a new file while the store stays open. The copy contains every write that was answered
   * before the call.
   * @param file must not exist. @param signal stops the copy and deletes the incomplete file.
   * @throws the error of the system or of SQLite, or the signal's reason.
   */
  backUp(file: string, signal: AbortSignal): Promise<void>;
}

export interface SqliteOptions {
  /** Called with the open connection, so that a test can check its settings, such as foreign keys. */
  readonly inspect?: (database: DatabaseSync) => void;
  /** Called after each commit with the number of decisions in it. */
  readonly committed?: ((decisions: number) => void) | undefined;
  /** Flushes a file. The default is fdatasync. */
  readonly flush?: Flush;
  /** The default is `scans` in limits.ts. With a negative `slice`, every query that may read many rows runs in slices. */
  readonly scanLimits?: Partial<ScanLimits>;
}

/**
 * @param file path of the database, which is created or migrated if necessary, or `:memory:`.
 * @throws StartRefused if the file cannot be used.
 */
export function openSqliteStore(
  file: string,
  { inspect, committed = () => {}, flush, scanLimits }: SqliteOptions = {},
): SqliteStore {
  const database = openDatabase(file);
  inspect?.(database);
  const health = watchHealth(database);
  const turns = divideIntoTurns();
  const statements = prepareStatements(database, openRemovals(database, turns, health));
  const flushes = file === ":memory:" ? noFlushes : openFlushes(openSync(`${file}-wal`, "r+"), flush);
  const group = groupCommit(database, statements, { flushes, health, committed });
  const backups = new Set<Promise<void>>();
  let closed = false;

  return {
    read: sqliteReads(database, statements, { turns, flushes, health, scanLimits: { ...scans, ...scanLimits } }),
    checkWrites: async () => health.checkWrites(),
    decide<Value, Failure extends DomainError, Reuse extends DomainError>(
      tenant: string,
      command: Command<Value, Failure>,
      repeatability?: RepeatabilityKey<Reuse>,
    ) {
      const { job, answer } = createJob(tenant, command, repeatability);
      group.add(job);
      return answer;
    },
    async backUp(file, signal) {
      const { copyDatabase } = await import("./backup.ts");
      const copy = copyDatabase(database, file, signal);
      backups.add(copy);
      await copy.finally(() => backups.delete(copy));
    },
    async close() {
      if (closed) return;
      closed = true;
      await Promise.allSettled(backups);
      turns.stop();
      group.commitAll();
      await flushes.close();
      database.close();
    },
  };
}

function openDatabase(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    if (file !== ":memory:") makePrivateFolder(dirname(file));
    database = new DatabaseSync(file, { enableForeignKeyConstraints: true });
    // The lock is exclusive, because with a second process on the same file, reads would not see every answered write.
    // There is a checkpoint for every 32 MB instead of every 4 MB. A checkpoint writes a changed page only once, so fewer
    // checkpoints write less data.
    database.exec(
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8000;",
    );
    migrate(database, file);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof StartRefused) throw error;
    const reason = describeSqliteError(error);
    throw new StartRefused(`The database ${file} cannot be used: ${reason}. ${remedyAtStart(error)}`, { cause: error });
  }
}
