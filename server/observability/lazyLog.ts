/** A log that loads pino only when the first line is written, so that the start of the service does not wait for pino. */
import type { ReportError } from "../http/errorHandler.ts";
import type { Log } from "./log.ts";
import type { LogLevel } from "./logLevels.ts";
import type { Observe } from "./observation.ts";

export interface LazyLog extends Pick<Log, "warn"> {
  /** Logs a request. Undefined: the log level leaves requests out, so they need not be observed. */
  readonly request: Observe | undefined;
  readonly error: ReportError;
}

/** Creates the log. @param database the description of the database in the log. */
export function createLazyLog(level: LogLevel, database: string): LazyLog {
  let log: Log | undefined;
  let opening: Promise<Log> | undefined;
  const write = (line: (log: Log) => void): void => {
    if (log) {
      line(log);
      return;
    }
    opening ??= import("./log.ts").then(async ({ openLog }) => (log = await openLog({ level, database })));
    void opening.then(line);
  };
  return {
    request: ["info", "debug", "trace"].includes(level) ? (seen) => write((log) => log.request(seen)) : undefined,
    error: (error, requestId) => write((log) => log.error(error, requestId)),
    warn: (...warning) => write((log) => log.warn(...warning)),
  };
}
