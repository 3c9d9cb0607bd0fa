/**
 * Several processes on one port: a primary process that serves nothing and keeps the worker processes running. Each worker
 * has its own store; the transactions of the database keep them consistent.
 */
import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { closeInOrder, listenForMetrics } from "./listener.ts";
import type { ServiceConfig } from "./serviceConfig.ts";

// Each worker accepts connections by itself. If the primary distributed them, a connection sent to a worker that has just
// ended would be lost, and all connections would be if the primary ended.
cluster.schedulingPolicy = cluster.SCHED_NONE;

/** The message of a worker to its primary when it serves. */
interface ReadyMessage {
  readonly origin: string;
}

export interface RunningProcesses {
  /** Such as `http://127.0.0.1:3000`. */
  readonly origin: string;
  /** Where the metrics of all workers are read. */
  readonly metricsUrl?: string | undefined;
  /** Stops all workers, each like a single process. */
  close(): Promise<void>;
}

/** Milliseconds between the unexpected end of a worker and the start of its replacement. */
const restartDelay = 1000;

/**
 * Starts the workers of the configuration, which run the same command as this process. The first one starts alone, so that
 * whatever keeps it from starting is printed only once.
 * @returns undefined if a worker did not start; it has printed why, and `process.exitCode` is set to its exit code.
 */
export async function startProcesses(config: ServiceConfig): Promise<RunningProcesses | undefined> {
  const supervisor = createSupervisor();
  let origin = "";
  for (let started = 0; started < config.processes; started++) {
    const worker = cluster.fork();
    const ready = await waitUntilReady(worker);
    if (ready === undefined) {
      process.exitCode = worker.process.exitCode ?? 1;
      await supervisor.close();
      return undefined;
    }
    origin = ready.origin;
    supervisor.watch(worker);
  }
  if (config.metrics === undefined) return { origin, close: supervisor.close };
  const { openClusterMetrics } = await import("../observability/metrics.ts");
  try {
    const metricsListener = await listenForMetrics(config.metrics, openClusterMetrics());
    return { origin, metricsUrl: metricsListener.url, close: () => closeInOrder([supervisor, metricsListener]) };
  } catch (error) {
    await supervisor.close();
    throw error;
  }
}

interface Supervisor {
  /** From now on, replaces this worker and its replacements when they end. */
  watch(worker: Worker): void;
  /** Stops all workers. */
  close(): Promise<void>;
}

function createSupervisor(): Supervisor {
  let isStopping = false;
  const watch = (worker: Worker): void => {
    worker.once("exit", (code: number, signal: string) => {
      if (isStopping) return;
      console.error(`Process ${worker.process.pid} ended unexpectedly (${signal || code}); starting another one.`);
      setTimeout(() => {
        if (!isStopping) watch(cluster.fork());
      }, restartDelay);
    });
  };
  const close = async () => {
    isStopping = true;
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(
      workers.map(async (worker) => {
        worker.process.kill("SIGTERM");
        await once(worker, "exit");
      }),
    );
  };
  return { watch, close };
}

/** Undefined if the process ends before it serves. */
function waitUntilReady(worker: Worker): Promise<ReadyMessage | undefined> {
  return new Promise((resolve) => {
    worker.once("message", (message: ReadyMessage) => resolve(message));
    worker.once("exit", () => resolve(undefined));
  });
}

/** In a worker: tells the primary that it serves, and stops when the primary says so or is gone. */
export function serveForPrimary({ origin, close }: RunningProcesses): void {
  process.send?.({ origin } satisfies ReadyMessage);
  // Ctrl-C in a terminal reaches every process of the group, but only the primary decides when its workers stop.
  process.on("SIGINT", () => {});
  process.once("SIGTERM", () => void close().then(leavePrimary));
  process.once("disconnect", () => void close());
}

export const isPrimary = cluster.isPrimary;

/** Closes the channel of a worker to its primary: an open one would keep the process alive. */
export function leavePrimary(): void {
  cluster.worker?.disconnect();
}
