/**
 * The service's log on standard output: JSON lines, or readable lines if standard output is a terminal. Lines are written
 * outside the event loop, and flushed at the end of the process; only a kill -9 loses the last ones.
 */
import cluster from "node:cluster";
import { hostname } from "node:os";
import { type DestinationStream, destination, type Logger, pino } from "pino";
import { StoreUnavailable } from "../domain/store.ts";
import { isProbe } from "../http/probes.ts";
import { explainError, formatStackTrace } from "./causes.ts";
import type { LogLevel } from "./logLevels.ts";
import type { ObservedRequest } from "./observation.ts";

export interface Log {
  request(request: ObservedRequest): void;
  /** An error that the caller was answered with a 5xx. */
  error(error: unknown, requestId: string): void;
  /** A problem that an operator should solve, although requests are answered. */
  warn(message: string, error: unknown, remedy: string): void;
}

/** The most bytes that a pipe takes in one piece (POSIX's PIPE_BUF): processes that share a pipe do not mix their lines. */
const pipePiece = 4096;

/** Bytes per write. */
const pieceSize = cluster.isWorker ? pipePiece : 65_536;

/** Bytes that may wait for the reader of the log. Further lines are dropped, because memory is more important. */
const backlogLimit = 16 * 1024 * 1024;

export interface LogOptions {
  readonly level: LogLevel;
  /** How the log names the database if the store cannot answer. */
  readonly database: string;
  /** Standard output by default. */
  readonly stream?: DestinationStream;
}

export async function openLog({ level, database, stream }: LogOptions): Promise<Log> {
  const lines = stream ?? (process.stdout.isTTY ? await openPrettyOutput() : openOutput());
  const options = { level, base, timestamp: timeField, formatters: { level: (label: string) => ({ level: label }) } };
  const logger = pino(options, lines);
  return { ...createErrorLog(logger, database), request: createRequestLog(logger, lines) };
}

/** These fields are in each line. */
const base = { pid: process.pid, hostname: hostname() };

/** ISO 8601, formatted once per millisecond. pino's own timestamp is formatted for each line, which costs too much. */
function timeField(): string {
  const now = Date.now();
  if (now !== lastTime.at) lastTime = { at: now, text: `,"time":"${new Date(now).toISOString()}"` };
  return lastTime.text;
}

let lastTime = { at: 0, text: "" };

function openOutput(): DestinationStream {
  const stream = destination({ dest: 1, sync: false, maxWrite: pipePiece, maxLength: backlogLimit });
  // A full disk under the log must not end the service.
  stream.on("error", () => {});
  return batchLines(stream);
}

/** Writes the lines of one turn of the event loop together: single writes are most of the cost of a line. */
function batchLines(stream: DestinationStream): DestinationStream {
  let [lines, size] = ["", 0];
  const flush = (): void => {
    if (size > 0) stream.write(lines);
    [lines, size] = ["", 0];
  };
  // Before the stream's own listener, which writes its last bytes.
  process.prependListener("exit", flush);
  return {
    write(line) {
      const more = Buffer.byteLength(line);
      if (size === 0) setImmediate(flush);
      else if (size + more > pieceSize) flush();
      lines += line;
      size += more;
    },
  };
}

/** Readable lines, the most important part first. pino-pretty is loaded only here: most logs are read by programs. */
export async function openPrettyOutput(
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

/**
 * The line of a request is put together by hand in pino's format, because pino's way through an object is slower. Only the tenant and the route can contain characters that need escaping.
 */
function createRequestLog(logger: Logger, lines: DestinationStream): Log["request"] {
  const bindings = JSON.stringify(base).slice(1, -1);
  return ({ requestId, operationId, route, method, status, milliseconds, tenant }) => {
    // Probes come every few seconds and would hide the other requests.
    const level = isProbe(route) ? "debug" : "info";
    if (!logger.isLevelEnabled(level)) return;
    const tenantField = tenant === undefined ? "" : `"tenant":${JSON.stringify(tenant)},`;
    const target = operationId === undefined ? `"route":${JSON.stringify(route)}` : `"operationId":"${operationId}"`;
    const durationMs = Math.round(milliseconds * 100) / 100;
    lines.write(
      `{"level":"${level}"${timeField()},${bindings},"request-id":"${requestId}",${tenantField}${target},"method":"${method}",` +
        `"status":${status},"durationMs":${durationMs},"msg":"request"}\n`,
    );
  };
}

function createErrorLog(logger: Logger, database: string): Omit<Log, "request"> {
  return {
    error(error, requestId) {
      const location = error instanceof StoreUnavailable ? { database } : {};
      logger.error({ "request-id": requestId, ...explainError(error), ...location }, "A request failed.");
      logger.debug({ "request-id": requestId, stack: formatStackTrace(error) }, "The stack trace of the error.");
    },
    warn(message, error, remedy) {
      logger.warn({ cause: explainError(error).cause, remedy }, message);
    },
  };
}
