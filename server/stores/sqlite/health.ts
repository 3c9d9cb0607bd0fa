/** Remembers that the database is damaged or cannot be written. */
import type { DatabaseSync } from "node:sqlite";
import type { StoreUnavailable } from "../../domain/store.ts";
import { isDamage, isRefusedWrite, toStoreError } from "./resultCodes.ts";
import { readPragma } from "./schema/schema.ts";

export interface Health {
  /** @throws StoreUnavailable if a read or a write has found that the database is damaged. */
  assertUndamaged(): void;
  /** Converts an error of a read. */
  readFailed(error: unknown): unknown;
  /** Converts an error of a write. */
  writeFailed(error: unknown): unknown;
  /** Must be called after each successful write. */
  writeSucceeded(): void;
  /** Writes to the database again if the last write was refused. @throws StoreUnavailable if the database still refuses. */
  checkWrites(): void;
}

/**
 * A damaged database answers no further requests, because its other content may be wrong too, and because another
 * write could increase the damage. A database that cannot be written still answers reads.
 */
export function watchHealth(database: DatabaseSync): Health {
  let damage: StoreUnavailable | undefined;
  let isUnwritable = false;

  function readFailed(error: unknown): unknown {
    const unavailable = toStoreError(error);
    if (isDamage(error)) damage ??= unavailable;
    return unavailable ?? error;
  }

  return {
    assertUndamaged() {
      if (damage) throw damage;
    },
    readFailed,
    writeFailed(error) {
      if (isRefusedWrite(error)) isUnwritable = true;
      return readFailed(error);
    },
    writeSucceeded() {
      isUnwritable = false;
    },
    checkWrites() {
      if (!isUnwritable) return;
      try {
        rewriteVersion(database);
        isUnwritable = false;
      } catch (error) {
        throw readFailed(error);
      }
    },
  };
}

/** Writes a page of the database without changing its content. */
function rewriteVersion(database: DatabaseSync): void {
  database.exec(`PRAGMA user_version = ${readPragma(database, "user_version")}`);
}
