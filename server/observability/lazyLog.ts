/** A log that loads pino with the first line, because a start should not wait for it. */
import type { ReportError } from "../http/errorHandler.ts";
import type { Log } from "./log.ts";
import type { LogLevel } from "./logLevels.ts";
import type { Observe } from "./observation.ts";

export interface LazyLog extends Pick<Log, "warn"> {
  /** Undefined if the level leaves requests out: then they need not be observed at all. */
  readonly request: Observe | undefined;
  readonly error: ReportError;
}

/** @param database how the log names the database. */
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
