/** What SQLite's result codes mean here (https://sqlite.org/rescode.html). */
import { StoreUnavailable } from "../domain/store.ts";

/** Failures of the disk or of a lock pass, and the caller may try again; anything else is a fault of ours. */
export function failureOf(error: unknown): unknown {
  const code = primaryCode(error);
  if (code === undefined || !passing.has(code)) return error;
  return new StoreUnavailable(`SQLite: ${reason(error)}`, { cause: error, retryAfter: 1 });
}

/** SQLITE_BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN. */
const passing: ReadonlySet<number> = new Set([5, 6, 7, 8, 10, 13, 14]);

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
    case 14:
      return "it can't be opened or created";
    case undefined:
      return `its folder can't be made${error instanceof Error && "code" in error ? ` (${String(error.code)})` : ""}`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
