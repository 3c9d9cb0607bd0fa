/**
 * The service's log, on standard output: JSON lines, or lines for people where that is a terminal. Written beside the
 * event loop, and at the end of the process what is left of it: only a kill -9 takes the last lines along.
 */
import { type DestinationStream, destination, type Logger, pino } from "pino";
import { StoreUnavailable } from "./domain/store.ts";
import { faultOf, stackOf } from "./faults.ts";
import type { LogLevel } from "./logging.ts";
import type { SeenRequest } from "./observation.ts";
import { isProbe } from "./probes.ts";

export interface Log {
  request(seen: SeenRequest): void;
  /** What a caller was told of as a 5xx. */
  fault(error: unknown, requestId: string): void;
  /** What asks for an operator, although requests are answered. */
  warn(message: string, error: unknown, remedy: string): void;
}

/** Bytes of one write: as much as a pipe takes in one piece (POSIX's PIPE_BUF), so that processes don't mix their lines. */
const pieceSize = 4096;

/** Bytes that wait for whoever reads the log, at most. Beyond them lines are lost: better than the service. */
const backlog = 16 * 1024 * 1024;

export interface LogOptions {
  readonly level: LogLevel;
  /** Named where the store can't answer. */
  readonly database: string;
  /** Where it is written to; standard output by default. */
  readonly stream?: DestinationStream;
}

export async function openLog({ level, database, stream }: LogOptions): Promise<Log> {
  const logger = pino(
    { level, timestamp: time, formatters: { level: (label) => ({ level: label }) } },
    stream ?? (process.stdout.isTTY ? await prettyOutput() : output()),
  );
  return logOn(logger, database);
}

/** ISO 8601, made once for the lines of a millisecond: pino's own is a quarter of what a line costs. */
function time(): string {
  const now = Date.now();
  if (now !== timed.at) timed = { at: now, text: `,"time":"${new Date(now).toISOString()}"` };
  return timed.text;
}

let timed = { at: 0, text: "" };

function output(): DestinationStream {
  const stream = destination({ dest: 1, sync: false, maxWrite: pieceSize, maxLength: backlog });
  // A log on a disk that is full ends no service.
  stream.on("error", () => {});
  return stream;
}

/** Lines for people, what matters first. Loaded only here: most logs are read by programs. */
export async function prettyOutput(
  print = (text: string): unknown => process.stdout.write(text),
): Promise<DestinationStream> {
  const { prettyFactory } = await import("pino-pretty");
  const pretty = prettyFactory({
    colorize: process.stdout.hasColors?.() ?? false,
    ignore: "pid,hostname,method,operationId,route,status,durationMs,cause,remedy",
    translateTime: "SYS:HH:MM:ss",
    singleLine: true,
    messageFormat: ({ msg, method, operationId, route, status, durationMs, cause, remedy }) =>
      method === undefined
        ? [msg, cause, remedy].filter((part) => part !== undefined).join(" ")
        : `${status} ${method} ${operationId ?? route} in ${durationMs} ms`,
  });
  return { write: (line) => print(pretty(line)) };
}

function logOn(logger: Logger, database: string): Log {
  return {
    request({ requestId, operationId, route, method, status, milliseconds, tenant }) {
      const line = {
        "request-id": requestId,
        tenant,
        operationId,
        route: operationId === undefined ? route : undefined,
        method,
        status,
        durationMs: Math.round(milliseconds * 100) / 100,
      };
      // Nobody wants to read that somebody asks every five seconds.
      if (isProbe(route)) logger.debug(line, "request");
      else logger.info(line, "request");
    },
    fault(error, requestId) {
      const place = error instanceof StoreUnavailable ? { database } : {};
      logger.error({ "request-id": requestId, ...faultOf(error), ...place }, "A request failed.");
      logger.debug({ "request-id": requestId, stack: stackOf(error) }, "The stack of the failure.");
    },
    warn(message, error, remedy) {
      logger.warn({ cause: faultOf(error).cause, remedy }, message);
    },
  };
}
