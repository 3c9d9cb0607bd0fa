/** The meaning of SQLite's result codes for this store (https://sqlite.org/rescode.html). */
import { StoreUnavailable } from "../../domain/store.ts";

/** Primary result codes: SQLITE_PERM, SQLITE_BUSY and so on. node:sqlite does not export them. */
const codes = {
  perm: 3,
  busy: 5,
  locked: 6,
  nomem: 7,
  readonly: 8,
  ioerr: 10,
  corrupt: 11,
  full: 13,
  cantopen: 14,
  notadb: 26,
} as const;

/**
 * Converts an error from SQLite if an operator can remove its cause: the disk, a lock, the permissions or a damaged file.
 * @returns undefined for any other error, because it is a bug.
 */
export function toStoreError(error: unknown): StoreUnavailable | undefined {
  if (error instanceof StoreUnavailable) return error;
  const code = primaryCode(error);
  const remedy = isDamage(error) ? restoreRemedy : code === undefined ? undefined : remedies.get(code);
  if (remedy === undefined) return undefined;
  const retryAfter = isDamage(error) || isRefusedWrite(error) ? secondsUntilRepaired : 1;
  return new StoreUnavailable(`SQLite: ${describeSqliteError(error)}.`, { cause: error, retryAfter, remedy });
}

/** The number of seconds after which a caller should try again if an operator must repair the database first. */
const secondsUntilRepaired = 60;

/** Whether the database is damaged, so that only a backup helps. */
export function isDamage(error: unknown): boolean {
  const code = primaryCode(error);
  return code === codes.corrupt || code === codes.notadb;
}

/** Whether the operating system does not allow this process to write the database. */
export function isRefusedWrite(error: unknown): boolean {
  const code = primaryCode(error);
  return code === codes.perm || code === codes.readonly || code === codes.cantopen;
}

const restoreRemedy =
  "The database is damaged: stop the service and restore a backup with apple-enrollment restore --force <file>. The damaged database is kept under another name.";

/** The remedy for each error whose cause an operator can remove. */
const remedies: ReadonlyMap<number, string> = new Map<number, string>([
  [codes.perm, "Make the database file and its folder writable for the service's user."],
  [codes.busy, "Stop the other program that has the database open, or set DATA_DIR to another folder."],
  [codes.locked, "Stop the other program that has the database open, or set DATA_DIR to another folder."],
  [codes.nomem, "Give the process more memory."],
  [codes.readonly, "Make the database file and its folder writable for the service's user."],
  [codes.ioerr, "Check the disk and the system's log. Writes work again as soon as the disk does."],
  [codes.full, "Free space on the database's disk. Reads still work, and writes work again as soon as there is space."],
  [codes.cantopen, "Make the database's folder readable and writable for the service's user."],
]);

/** Returns a sentence that tells the operator what to do if the database cannot be used when the service starts. */
export function remedyAtStart(error: unknown): string {
  const code = primaryCode(error);
  if (code === undefined) return "Set DATA_DIR to a folder that can be created.";
  return remedies.get(code) ?? "Restore a backup, or set DATABASE_URL to another file.";
}

/** Returns SQLite's primary result code, which is the low byte of the extended code that node:sqlite reports. */
function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}

/** Whether another connection has locked the database. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === codes.busy;
}

/** Returns the reason why a database cannot be used, as the end of a sentence. */
export function describeSqliteError(error: unknown): string {
  switch (primaryCode(error)) {
    case codes.perm:
      return "this user may not use it";
    case codes.busy:
      return "another process is using it";
    case codes.readonly:
      return "it is read-only";
    case codes.corrupt:
    case codes.notadb:
      return "it is damaged or not a SQLite database";
    case codes.full:
      return "the disk is full";
    case codes.cantopen:
      return "it cannot be opened or created";
    case undefined:
      return `its folder cannot be created${error instanceof Error && "code" in error ? ` (${String(error.code)})` : ""}`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
