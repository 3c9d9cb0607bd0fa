/**
 * The meaning of PostgreSQL's errors for this store (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
import { DatabaseError } from "pg";
import { StoreUnavailable } from "../../../domain/store.ts";
import { shedding, storeQueue } from "../../../shared/limits.ts";

/**
 * The number of seconds after which a caller should try again. A PostgreSQL server needs about this time to restart.
 */
export const retryAfter = 2;

/**
 * The SQLSTATE classes of temporary errors: 08 (connection), 25 (read-only server after a failover), 53 (resources,
 * such as a full disk or too many connections), 55 (lock), 57 (operator intervention, such as a shutdown or a time-out)
 * and 58 (system error).
 */
const temporary: ReadonlySet<string> = new Set(["08", "25", "53", "55", "57", "58"]);

/**
 * The server answers, but this store cannot use it as it is. The message is the end of a sentence.
 */
export class UnsuitableServer extends Error {
  override readonly name = "UnsuitableServer";
  /** A sentence that tells the operator how to solve the problem. */
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** The SQLSTATE lock_not_available. PostgreSQL sends it when the limit `lock_timeout` is reached. */
const lockNotAvailable = "55P03";

/** Whether the server has stopped a statement because it took too long (SQLSTATE query_canceled). */
export function isStatementTimeout(error: unknown): boolean {
  return error instanceof StoreUnavailable && error.cause instanceof DatabaseError && error.cause.code === "57014";
}

/** A command has waited too long for a row that another transaction has locked. Other commands may be unaffected. */
export class LockTimeout extends StoreUnavailable {
  constructor(cause: unknown) {
    super("PostgreSQL: another transaction has locked a row for too long.", {
      cause,
      retryAfter,
      remedy: "Look for transactions in pg_stat_activity that stay open, and end them.",
    });
  }
}

/**
 * Awaits an answer from the driver. If an error does not come from the server, it is temporary: for example, the
 * connection broke, a time limit was exceeded, or the pool has no free connection.
 * @throws StoreUnavailable for temporary errors, and DatabaseError for all others
 */
export async function awaitAnswer<Value>(answer: Promise<Value>): Promise<Value> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === lockNotAvailable) throw new LockTimeout(error);
    if (error instanceof DatabaseError && !temporary.has(error.code?.slice(0, 2) ?? "")) throw error;
    const message = `PostgreSQL: ${describePostgresError(error)}.`;
    throw new StoreUnavailable(message, { cause: error, retryAfter, remedy: remedyFor(error) });
  }
}

/**
 * The SQLSTATEs of write conflicts: unique_violation, foreign_key_violation, serialization_failure and deadlock_detected.
 */
const conflicts: ReadonlySet<string> = new Set(["23505", "23503", "40001", "40P01"]);

/** Another transaction has changed, deleted or inserted again a row after it was loaded, or locks are necessary to exclude it. */
export class RowsChanged extends Error {
  override readonly name = "RowsChanged";
}

/**
 * Whether another transaction changed the same rows first. The command must then be decided again with these changes.
 */
export function isWriteConflict(error: unknown): boolean {
  if (error instanceof RowsChanged) return true;
  return error instanceof DatabaseError && conflicts.has(error.code ?? "");
}

/**
 * Every attempt to run a command caused a write conflict. Unlike other temporary errors, it affects only one command.
 */
export class TooManyConflicts extends StoreUnavailable {
  constructor(cause: unknown) {
    super("PostgreSQL: at each attempt, another transaction changed the same rows first.", { cause, retryAfter: 1 });
  }
}

/** Whether an error concerns only the command that caused it. Other temporary errors concern all commands alike. */
export function concernsOneCommand(error: unknown): boolean {
  return !(error instanceof StoreUnavailable) || error instanceof TooManyConflicts || error instanceof LockTimeout;
}

/** Returns the reason why the database cannot be used, as the end of a sentence. It never contains the password. */
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

/** Returns a sentence that tells the operator how to solve the problem. */
export function remedyFor(error: unknown): string {
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  if (cause instanceof UnsuitableServer) return cause.remedy;
  const code = codeOf(cause) ?? "";
  const known = remedies.get(code) ?? remedies.get(code.slice(0, 3)) ?? remedies.get(code.slice(0, 2));
  return (
    known ??
    remedyForMessage(cause) ??
    "Check that the server is running, reachable and not overloaded. The service reconnects to it without a restart."
  );
}

const addAuthority = "Add the certificate of its CA to DATABASE_URL: sslrootcert=<file>.";

/** The remedies by SQLSTATE, by a prefix of the SQLSTATE, or by the operating system's error code. */
const remedies: ReadonlyMap<string, string> = new Map([
  ["08P01", "If DATABASE_URL leads to PgBouncer, set its pool_mode to transaction or session."],
  ["ECONNREFUSED", "Start PostgreSQL, or correct the host and port in DATABASE_URL."],
  ["ENOTFOUND", "Correct the host in DATABASE_URL."],
  ["EAI_AGAIN", "Correct the host in DATABASE_URL, or check the name server."],
  ["ENOENT", "Correct the paths in sslrootcert, sslcert and sslkey of DATABASE_URL."],
  ["SELF_SIGNED_CERT_IN_CHAIN", addAuthority],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", addAuthority],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", addAuthority],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", addAuthority],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "Use a host name that is in the certificate of the server in DATABASE_URL."],
  ["CERT_HAS_EXPIRED", "Renew the certificate of the server."],
  ["28", "Correct the user and password in DATABASE_URL."],
  ["3D", "Create the database, or correct its name in DATABASE_URL."],
  ["42501", "Allow the user in DATABASE_URL to create the schema apple_enrollment, or make it the schema's owner."],
  ["25", "Set DATABASE_URL to the primary server: this one is read-only."],
  ["53100", "Free space on the database server's disk. Writes work again as soon as there is space."],
  ["53300", "Raise the server's max_connections, or lower DATABASE_POOL_SIZE or PROCESSES."],
  ["57P", "Start PostgreSQL again. The service reconnects to it without a restart."],
]);

/** The driver reports some problems with TLS without a code. */
function remedyForMessage(error: unknown): string | undefined {
  if (!(error instanceof Error) || !error.message.includes("does not support SSL")) return undefined;
  return "Turn on TLS on the server, or set sslmode=disable in DATABASE_URL.";
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

/** The error for a request that is refused immediately, because it would have to wait too long for the store. */
export function queueFull(): StoreUnavailable {
  return new StoreUnavailable(`More than ${storeQueue} requests are waiting for the store.`, {
    retryAfter: shedding.retryAfter,
    remedy: "The database is too slow for the number of requests. Check its load, or send fewer requests.",
  });
}
