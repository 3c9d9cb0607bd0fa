/** Explains errors in the log: the cause and a remedy, in words for an operator and without secrets. */
import { StoreUnavailable } from "../domain/store.ts";

export interface ErrorExplanation {
  readonly cause: string;
  readonly remedy: string;
  /** The file and line of this service's code that threw the error, if the error is a bug. */
  readonly at?: string | undefined;
}

export function explainError(error: unknown): ErrorExplanation {
  if (error instanceof StoreUnavailable) {
    return {
      cause: removeSecrets(error.message),
      remedy: error.remedy ?? "Try again. If the error persists, check the database.",
    };
  }
  const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    cause: removeSecrets(cause),
    remedy: "This is a bug in the service: please report this line. LOG_LEVEL=debug logs the stack trace as well.",
    at: findOwnLine(error),
  };
}

/** Finds the first line of a stack trace that belongs to this service's own code. */
function findOwnLine(error: unknown): string | undefined {
  return error instanceof Error
    ? /\b(?:server|generated)\/(?!.*node_modules)[\w/.]+:\d+/.exec(error.stack ?? "")?.[0]
    : undefined;
}

/** Formats the stack traces of an error and of its causes for the log level `debug`. */
export function formatStackTrace(error: unknown): string {
  if (!(error instanceof Error)) return removeSecrets(String(error));
  const causes = error.cause === undefined ? "" : `\ncaused by ${formatStackTrace(error.cause)}`;
  return `${removeSecrets(error.stack ?? error.message)}${causes}`;
}

/**
 * Removes tokens, keys and passwords from other software's messages, such as those of a database driver. This is a
 * precaution: no such message is known to contain a secret. pino's `redact` cannot be used, because it removes only whole
 * properties.
 */
function removeSecrets(text: string): string {
  return text
    .replaceAll(/-----BEGIN [\s\S]*?(?:-----END [^-]*-----|$)/g, "[key]")
    .replaceAll(/\beyJ[\w-]+(?:\.[\w-]*)*/g, "[token]")
    .replaceAll(/\b(Bearer|Basic) +\S+/gi, "$1 [token]")
    .replaceAll(/(\w:\/\/[^\s:/@]*):[^\s@]*@/g, "$1:[password]@");
}
