/**
 * The service's log, on standard output: JSON lines, or lines for people where that is a terminal. Written beside the
 * event loop, and at the end of the process what is left of it: only a kill -9 takes the last lines along.
 */
import cluster from "node:cluster";
import { hostname } from "node:os";
import { type DestinationStream, destination, type Logger, pino } from "pino";
import { StoreUnavailable } from "../domain/store.ts";
import { isProbe } from "../http/probes.ts";
import { faultOf, stackOf } from "./causes.ts";
import type { LogLevel } from "./logLevels.ts";
import type { SeenRequest } from "./observation.ts";

export interface Log {
  request(seen: SeenRequest): void;
  /** What a caller was told of as a 5xx. */
  fault(error: unknown, requestId: string): void;
  /** What asks for an operator, although requests are answered. */
  warn(message: string, error: unknown, remedy: string): void;
}

/** Bytes that a pipe takes in one piece (POSIX's PIPE_BUF): processes that share one don't mix their lines. */
const pipePiece = 4096;

/** Bytes handed on at once. */
const pieceSize = cluster.isWorker ? pipePiece : 65_536;

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
  const lines = stream ?? (process.stdout.isTTY ? await prettyOutput() : output());
  const logger = pino({ level, base, timestamp: time, formatters: { level: (label) => ({ level: label }) } }, lines);
  return { ...logOn(logger, database), request: requestsOn(logger, lines) };
}

/** In each line. */
const base = { pid: process.pid, hostname: hostname() };

/** ISO 8601, made once for the lines of a millisecond: pino's own is a quarter of what a line costs. */
function time(): string {
  const now = Date.now();
  if (now !== timed.at) timed = { at: now, text: `,"time":"${new Date(now).toISOString()}"` };
  return timed.text;
}

let timed = { at: 0, text: "" };

function output(): DestinationStream {
  const stream = destination({ dest: 1, sync: false, maxWrite: pipePiece, maxLength: backlog });
  // A log on a disk that is full ends no service.
  stream.on("error", () => {});
  return gathered(stream);
}

/** Hands on in one piece what a turn of the event loop logs: a write for each line was most of what a line costs. */
function gathered(stream: DestinationStream): DestinationStream {
  let [lines, size] = ["", 0];
  const handOn = (): void => {
    if (size > 0) stream.write(lines);
    [lines, size] = ["", 0];
  };
  // Before the listener by which the stream writes its last.
  process.prependListener("exit", handOn);
  return {
    write(line) {
      const more = Buffer.byteLength(line);
      if (size === 0) setImmediate(handOn);
      else if (size + more > pieceSize) handOn();
      lines += line;
      size += more;
    },
  };
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

/**
 * Each request's line, put together by hand as pino would: its way through an object was half of what a line costs, and
 * nothing but a tenant and a route may need escapes.
 */
function requestsOn(logger: Logger, lines: DestinationStream): Log["request"] {
  const bindings = JSON.stringify(base).slice(1, -1);
  return ({ requestId, operationId, route, method, status, milliseconds, tenant }) => {
    // Nobody wants to read that somebody asks every five seconds.
    const level = isProbe(route) ? "debug" : "info";
    if (!logger.isLevelEnabled(level)) return;
    const who = tenant === undefined ? "" : `"tenant":${JSON.stringify(tenant)},`;
    const what = operationId === undefined ? `"route":${JSON.stringify(route)}` : `"operationId":"${operationId}"`;
    const durationMs = Math.round(milliseconds * 100) / 100;
    lines.write(
      `{"level":"${level}"${time()},${bindings},"request-id":"${requestId}",${who}${what},"method":"${method}",` +
        `"status":${status},"durationMs":${durationMs},"msg":"request"}\n`,
    );
  };
}

function logOn(logger: Logger, database: string): Omit<Log, "request"> {
  return {
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
