/** What PostgreSQL's errors mean here (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
import { DatabaseError } from "pg";
import { StoreUnavailable } from "../../domain/store.ts";

/** Seconds until a caller should try again: about as long as a server needs to come back from a restart. */
const retryAfter = 2;

/**
 * Classes of SQLSTATEs that pass: 08 connection, 25 (a server that turned read-only in a failover), 53 resources (disk
 * full, too many connections), 55 (locked), 57 operator intervention (shutdown, time-out), 58 system.
 */
const passing: ReadonlySet<string> = new Set(["08", "25", "53", "55", "57", "58"]);

/**
 * Waits for the driver. Whatever it reports that is no answer of the server's, a broken connection, a time-out, a pool
 * without a free connection, means that the store can't answer now.
 * @throws StoreUnavailable, or DatabaseError for what is wrong with the statement
 */
export async function answered<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DatabaseError && !passing.has(error.code?.slice(0, 2) ?? "")) throw error;
    throw new StoreUnavailable(`PostgreSQL: ${reason(error)}.`, { cause: error, retryAfter, remedy: remedyFor(error) });
  }
}

/**
 * unique_violation, foreign_key_violation, serialization_failure, deadlock_detected; and division_by_zero, with which
 * this store's own statements fail when a row is not as it was loaded.
 */
const overtaken: ReadonlySet<string> = new Set(["23505", "23503", "40001", "40P01", "22012"]);

/** Whether another transaction was faster: decided again, a command meets what that one left. */
export function wasOvertaken(error: unknown): boolean {
  return error instanceof DatabaseError && overtaken.has(error.code ?? "");
}

/** Other transactions overtook a command each time. Unlike any other failure that passes, it is this command's alone. */
export class Contended extends StoreUnavailable {
  constructor(cause: unknown) {
    super("PostgreSQL: other transactions were faster each time", { cause, retryAfter: 1 });
  }
}

/** Why the database can't be used, as the end of a sentence. It tells no password. */
export function reason(error: unknown): string {
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  switch (codeOf(cause)) {
    case "28P01":
    case "28000":
      return "it refuses the user or the password";
    case "3D000":
      return "the server has no database of that name";
    case "42501":
      return `the user lacks a permission (${cause.message})`;
    case "ECONNREFUSED":
      return "nothing listens there";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "its host is not known";
    default:
      return cause.message;
  }
}

/** What an operator can do about it, in a sentence. */
export function remedyFor(error: unknown): string {
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  const code = codeOf(cause) ?? "";
  const known = remedies.get(code) ?? remedies.get(code.slice(0, 3)) ?? remedies.get(code.slice(0, 2));
  return (
    known ??
    "See that the server runs, is not overloaded, and can be reached; requests are answered again by themselves."
  );
}

/** By SQLSTATE, class of SQLSTATEs, or the system's name for an error. */
const remedies: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "Start PostgreSQL, or correct host and port in DATABASE_URL."],
  ["ENOTFOUND", "Correct the host in DATABASE_URL."],
  ["EAI_AGAIN", "Correct the host in DATABASE_URL, or look at the name server."],
  ["28", "Correct user and password in DATABASE_URL."],
  ["3D", "Create the database, or correct its name in DATABASE_URL."],
  ["42501", "Let the user of DATABASE_URL create the schema apple_enrollment, or own it."],
  ["25", "Name the primary in DATABASE_URL: this server takes no writes."],
  ["53100", "Make room on the database server's disk: writing goes on by itself."],
  ["53300", "Raise the server's max_connections, or lower DATABASE_POOL_SIZE or PROCESSES."],
  ["57P", "Start PostgreSQL again; requests are answered again by themselves."],
]);

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
