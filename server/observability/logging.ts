/** The log before it is there: pino is loaded with the first line, which a start can do without (25 ms of it). */
import type { ReportFault } from "../http/errorHandler.ts";
import type { Log } from "./log.ts";
import type { LogLevel } from "./logLevels.ts";
import type { Observe } from "./observation.ts";

export interface Logging {
  /** Undefined where the level leaves requests out: then nobody has to look at them. */
  readonly request: Observe | undefined;
  readonly fault: ReportFault;
  warn(message: string, error: unknown, remedy: string): void;
}

/** @param database as a log may name it. */
export function logAt(level: LogLevel, database: string): Logging {
  let log: Log | undefined;
  let opening: Promise<Log> | undefined;
  const tell = (line: (log: Log) => void): void => {
    if (log) {
      line(log);
      return;
    }
    opening ??= import("./log.ts").then(async ({ openLog }) => (log = await openLog({ level, database })));
    void opening.then(line);
  };
  return {
    request: ["info", "debug", "trace"].includes(level) ? (seen) => tell((log) => log.request(seen)) : undefined,
    fault: (error, requestId) => tell((log) => log.fault(error, requestId)),
    warn: (...said) => tell((log) => log.warn(...said)),
  };
}
