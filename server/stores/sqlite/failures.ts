/** What SQLite's result codes mean here (https://sqlite.org/rescode.html). */
import { StoreUnavailable } from "../../domain/store.ts";

/** Failures of the disk or of a lock pass, and the caller may try again; anything else is a fault of ours. */
export function failureOf(error: unknown): unknown {
  const code = primaryCode(error);
  const remedy = code === undefined ? undefined : remedies.get(code);
  if (remedy === undefined) return error;
  return new StoreUnavailable(`SQLite: ${reason(error)}.`, { cause: error, retryAfter: 1, remedy });
}

/** What passes, and what an operator can do about it. */
const remedies: ReadonlyMap<number, string> = new Map([
  [5, "Stop the other program that has the database open, or name another DATA_DIR."],
  [6, "Stop the other program that has the database open, or name another DATA_DIR."],
  [7, "Give the process more memory."],
  [8, "Make the file and its folder writable for the user of the service."],
  [10, "Look at the disk and at the system's log; if the disk is well again, writing goes on by itself."],
  [13, "Make room on the disk of the database: writing goes on by itself, and reading works meanwhile."],
  [14, "Make the database's folder readable and writable for the user of the service."],
]);

/** What an operator can do about a database that can't be used at start, in a sentence. */
export function remedyAtStart(error: unknown): string {
  const code = primaryCode(error);
  if (code === undefined) return "Name a folder in DATA_DIR that can be made.";
  return remedies.get(code) ?? "Restore a backup, or name another file in DATABASE_URL.";
}

/** SQLite's primary result code: the low byte of the extended one that node:sqlite reports. */
function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}

/** Why a database can't be used, as the end of a sentence. */
export function reason(error: unknown): string {
  switch (primaryCode(error)) {
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
      return "it can't be opened or created";
    case undefined:
      return `its folder can't be made${error instanceof Error && "code" in error ? ` (${String(error.code)})` : ""}`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
