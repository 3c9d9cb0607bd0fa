/** The meaning of PostgreSQL's errors for this store (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
import { DatabaseError } from "pg";
import { StoreUnavailable } from "../../domain/store.ts";

/** Seconds after which a caller should try again: about the time of a server's restart. */
const retryAfter = 2;

/**
 * Classes of SQLSTATEs for temporary errors: 08 connection, 25 (a server that became read-only in a failover), 53
 * resources (disk full, too many connections), 55 (locked), 57 operator intervention (shutdown, time-out), 58 system.
 */
const temporary: ReadonlySet<string> = new Set(["08", "25", "53", "55", "57", "58"]);

/**
 * Waits for the driver. An error that does not come from the server, such as a broken connection, a time-out or a pool
 * without a free connection, means that the store cannot answer now.
 * @throws StoreUnavailable for temporary errors, DatabaseError if the statement is wrong
 */
export async function awaitAnswer<Value>(answer: Promise<Value>): Promise<Value> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof DatabaseError && !temporary.has(error.code?.slice(0, 2) ?? "")) throw error;
    const message = `PostgreSQL: ${describePostgresError(error)}.`;
    throw new StoreUnavailable(message, { cause: error, retryAfter, remedy: remedyFor(error) });
  }
}

/**
 * unique_violation, foreign_key_violation, serialization_failure, deadlock_detected; and division_by_zero, with which
 * this store's statements fail if a row has changed since it was loaded.
 */
const conflicts: ReadonlySet<string> = new Set(["23505", "23503", "40001", "40P01", "22012"]);

/** Whether another transaction changed the same rows first. If the command is decided again, it sees these changes. */
export function isWriteConflict(error: unknown): boolean {
  return error instanceof DatabaseError && conflicts.has(error.code ?? "");
}

/** Every attempt of a command met a write conflict. Unlike other temporary errors, this one affects only one command. */
export class TooManyConflicts extends StoreUnavailable {
  constructor(cause: unknown) {
    super("PostgreSQL: at each attempt, another transaction changed the same rows first.", { cause, retryAfter: 1 });
  }
}

/** Why the database cannot be used, as the end of a sentence. It never contains the password. */
export function describePostgresError(error: unknown): string {
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  switch (codeOf(cause)) {
    case "28P01":
    case "28000":
      return "it refuses the user or the password";
    case "3D000":
      return "the server has no database with this name";
    case "42501":
      return `the user lacks a permission (${cause.message})`;
    case "ECONNREFUSED":
      return "no server listens at this address";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "the host name cannot be resolved";
    default:
      return cause.message;
  }
}

/** What an operator can do about it, as a sentence. */
export function remedyFor(error: unknown): string {
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  const code = codeOf(cause) ?? "";
  const known = remedies.get(code) ?? remedies.get(code.slice(0, 3)) ?? remedies.get(code.slice(0, 2));
  return (
    known ??
    "Check that the server is running, reachable and not overloaded. The service reconnects to it without a restart."
  );
}

/** By SQLSTATE, by a prefix of it, or by the error code of the system. */
const remedies: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "Start PostgreSQL, or correct the host and port in DATABASE_URL."],
  ["ENOTFOUND", "Correct the host in DATABASE_URL."],
  ["EAI_AGAIN", "Correct the host in DATABASE_URL, or check the name server."],
  ["28", "Correct the user and password in DATABASE_URL."],
  ["3D", "Create the database, or correct its name in DATABASE_URL."],
  ["42501", "Allow the user of DATABASE_URL to create the schema apple_enrollment, or make it the schema's owner."],
  ["25", "Set DATABASE_URL to the primary server: this one is read-only."],
  ["53100", "Free space on the database server's disk. Then the service continues to write."],
  ["53300", "Raise the server's max_connections, or lower DATABASE_POOL_SIZE or PROCESSES."],
  ["57P", "Start PostgreSQL again. The service reconnects to it without a restart."],
]);

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
