/** What the log says of a failure: its cause and the remedy, in words for an operator, and nothing that opens a door. */
import { StoreUnavailable } from "../domain/store.ts";

export interface Fault {
  readonly cause: string;
  readonly remedy: string;
  /** Where in the service it arose, if it is a fault of ours. */
  readonly at?: string | undefined;
}

export function faultOf(error: unknown): Fault {
  if (error instanceof StoreUnavailable) {
    return {
      cause: withoutSecrets(error.message),
      remedy: error.remedy ?? "Try again; if it stays, look at the store.",
    };
  }
  const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    cause: withoutSecrets(cause),
    remedy: "This is a fault of the service: please report this line. LOG_LEVEL=debug shows the whole stack.",
    at: placeOf(error),
  };
}

/** The first line of the service's own code in a stack; a place, and no more of it. */
function placeOf(error: unknown): string | undefined {
  return error instanceof Error
    ? /\b(?:server|generated)\/(?!.*node_modules)[\w/.]+:\d+/.exec(error.stack ?? "")?.[0]
    : undefined;
}

/** The stack of an error and of those behind it. For a log that somebody has turned up to read it. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return withoutSecrets(String(error));
  const behind = error.cause === undefined ? "" : `\ncaused by ${stackOf(error.cause)}`;
  return `${withoutSecrets(error.stack ?? error.message)}${behind}`;
}

/**
 * A text of somebody else's, such as a driver's message, without tokens, keys and passwords. Nothing here is known to
 * write one; pino's `redact` knows only whole properties.
 */
function withoutSecrets(text: string): string {
  return text
    .replaceAll(/-----BEGIN [\s\S]*?(?:-----END [^-]*-----|$)/g, "[key]")
    .replaceAll(/\beyJ[\w-]+(?:\.[\w-]*)*/g, "[token]")
    .replaceAll(/\b(Bearer|Basic) +\S+/gi, "$1 [token]")
    .replaceAll(/(\w:\/\/[^\s:/@]*):[^\s@]*@/g, "$1:[password]@");
}
