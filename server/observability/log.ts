/**
 * The service's log on standard output: JSON lines, or readable lines if standard output is a terminal. Lines are written
 * asynchronously and flushed when the process exits. Only `kill -9` loses the last lines.
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
  /** Logs an error that was answered with a 5xx status. */
  error(error: unknown, requestId: string): void;
  /** Logs a problem that an operator should solve, although requests are still answered. */
  warn(message: string, error: unknown, remedy: string): void;
}

/**
 * The bytes that a pipe accepts as one atomic write (POSIX's PIPE_BUF), so that processes that share a pipe do not mix their
 * lines.
 */
const pipePiece = 4096;

/** The maximum number of bytes that are written at once. */
const pieceSize = cluster.isWorker ? pipePiece : 65_536;

/**
 * The maximum number of bytes that wait for the log's reader. Further lines are discarded, to limit the memory that is used.
 */
const backlogLimit = 16 * 1024 * 1024;

export interface LogOptions {
  readonly level: LogLevel;
  /** The description of the database in log lines about a store that cannot answer. */
  readonly database: string;
  /** The stream to which lines are written. Default: standard output. */
  readonly stream?: DestinationStream;
}

export async function openLog({ level, database, stream }: LogOptions): Promise<Log> {
  const lines = stream ?? (process.stdout.isTTY ? await openPrettyOutput() : openOutput());
  const options = { level, base, timestamp: timeField, formatters: { level: (label: string) => ({ level: label }) } };
  const logger = pino(options, lines);
  return { ...createErrorLog(logger, database), request: createRequestLog(logger, lines) };
}

/** The fields that every line contains. */
const base = { pid: process.pid, hostname: hostname() };

/**
 * Returns the time in ISO 8601. It is formatted once per millisecond, because pino's own timestamp, once per line, is too
 * slow.
 */
function timeField(): string {
  const now = Date.now();
  if (now !== lastTime.at) lastTime = { at: now, text: `,"time":"${new Date(now).toISOString()}"` };
  return lastTime.text;
}

let lastTime = { at: 0, text: "" };

function openOutput(): DestinationStream {
  const stream = destination({ dest: 1, sync: false, maxWrite: pipePiece, maxLength: backlogLimit });
  // Errors are ignored, because a full disk must not end the service.
  stream.on("error", () => {});
  return batchLines(stream);
}

/** Writes the lines of one turn of the event loop together, because a write for each line would be most of the line's cost. */
function batchLines(stream: DestinationStream): DestinationStream {
  let [lines, size] = ["", 0];
  const flush = (): void => {
    if (size > 0) stream.write(lines);
    [lines, size] = ["", 0];
  };
  // This listener must run before the stream's own exit listener, which writes the stream's last bytes.
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

/**
 * Writes readable lines that begin with the most important part. pino-pretty is loaded only here, because most logs are
 * JSON.
 */
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
 * Logs requests. The line is built as text in pino's format, because serializing an object with pino is slower. Only the tenant
 * and the route can contain characters that need escaping.
 */
function createRequestLog(logger: Logger, lines: DestinationStream): Log["request"] {
  const bindings = JSON.stringify(base).slice(1, -1);
  return ({ requestId, operationId, route, method, status, milliseconds, tenant }) => {
    // Probes are logged only at the level debug, because they arrive every few seconds and would hide other requests.
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
