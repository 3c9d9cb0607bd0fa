/** The meaning of SQLite's result codes for this store (https://sqlite.org/rescode.html). */
import { StoreUnavailable } from "../../domain/store.ts";

/**
 * Converts an error from SQLite if an operator can remove its cause: the disk, a lock, the permissions or a damaged file.
 * @returns undefined for any other error, because it is a bug.
 */
export function toStoreError(error: unknown): StoreUnavailable | undefined {
  if (error instanceof StoreUnavailable) return error;
  const code = primaryCode(error);
  const remedy = code === undefined ? undefined : (runningRemedies.get(code) ?? remedies.get(code));
  if (remedy === undefined) return undefined;
  const retryAfter = isDamage(error) || isRefusedWrite(error) ? secondsUntilRepaired : 1;
  return new StoreUnavailable(`SQLite: ${describeSqliteError(error)}.`, { cause: error, retryAfter, remedy });
}

/** The seconds after which a caller may try again if the database does not work before an operator has repaired it. */
const secondsUntilRepaired = 60;

/** Whether the database is damaged, so that only a backup helps. */
export function isDamage(error: unknown): boolean {
  const code = primaryCode(error);
  return code === 11 || code === 26;
}

/** Whether the operating system does not allow this process to write the database. */
export function isRefusedWrite(error: unknown): boolean {
  const code = primaryCode(error);
  return code === 3 || code === 8 || code === 14;
}

const restoreRemedy =
  "The database is damaged: stop the service and restore a backup with apple-enrollment restore --force <file>. The damaged database is kept under another name.";

/** The remedy of each error that has another remedy while the service runs than when it starts. */
const runningRemedies: ReadonlyMap<number, string> = new Map([
  [11, restoreRemedy],
  [26, restoreRemedy],
]);

/** The remedy of each error that an operator can remove. */
const remedies: ReadonlyMap<number, string> = new Map([
  [3, "Make the database file and its folder writable for the service's user."],
  [5, "Stop the other program that has the database open, or set DATA_DIR to another folder."],
  [6, "Stop the other program that has the database open, or set DATA_DIR to another folder."],
  [7, "Give the process more memory."],
  [8, "Make the database file and its folder writable for the service's user."],
  [10, "Check the disk and the system's log. Writes work again as soon as the disk does."],
  [13, "Free space on the database's disk. Reads still work, and writes work again as soon as there is space."],
  [14, "Make the database's folder readable and writable for the service's user."],
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
export function isLocked(error: unknown): boolean {
  return primaryCode(error) === 5;
}

/** Returns the reason why a database cannot be used, as the end of a sentence. */
export function describeSqliteError(error: unknown): string {
  switch (primaryCode(error)) {
    case 3:
      return "this user may not use it";
    case 5:
      return "another process is using it";
    case 8:
      return "it is read-only";
    case 11:
    case 26:
      return "it is damaged or not a SQLite database";
    case 13:
      return "the disk is full";
    case 14:
      return "it cannot be opened or created";
    case undefined:
      return `its folder cannot be created${error instanceof Error && "code" in error ? ` (${String(error.code)})` : ""}`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
