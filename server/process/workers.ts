/**
 * Runs the service in several processes on one port. The primary process does not answer requests; it restarts worker processes
 * that end. Each worker opens its own store, and the database's transactions keep the data consistent.
 */
import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { closeInOrder, listenForMetrics } from "./listener.ts";
import type { Service } from "./service.ts";
import type { ServiceConfig } from "./serviceConfig.ts";

// Each worker accepts connections itself. If the primary distributed them, connections to a worker that has just ended would be
// lost, and if the primary ended, all connections would be lost.
cluster.schedulingPolicy = cluster.SCHED_NONE;

/** The message with which a worker tells its primary that it answers requests. */
interface ReadyMessage {
  readonly origin: string;
}

/** The running workers. `close` stops all of them; each one answers its requests in progress first. */
export type RunningProcesses = Omit<Service, "url">;

/** Milliseconds between the unexpected end of a worker and the start of its replacement. */
const restartDelay = 1000;

/**
 * Starts the worker processes, which run the same command as this process. The other workers start after the first one, so that
 * an error that keeps all of them from starting is printed only once.
 * @returns undefined if a worker did not start. The worker has printed the reason, and its exit code is now `process.exitCode`.
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
  /** Starts another worker whenever this worker, or one of its replacements, ends. */
  watch(worker: Worker): void;
  /** Stops all workers. */
  close(): Promise<void>;
}

function createSupervisor(): Supervisor {
  let isStopping = false;
  const watch = (worker: Worker): void => {
    worker.once("exit", (code: number, signal: string) => {
      if (isStopping) return;
      console.error(`Process ${worker.process.pid} ended unexpectedly (${signal || code}); starting another process.`);
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

/** Waits until the worker answers requests. @returns undefined if the process ends before that. */
function waitUntilReady(worker: Worker): Promise<ReadyMessage | undefined> {
  return new Promise((resolve) => {
    worker.once("message", (message: ReadyMessage) => resolve(message));
    worker.once("exit", () => resolve(undefined));
  });
}

/** Runs in a worker: tells the primary that the worker is ready, and stops when the primary sends SIGTERM or has ended. */
export function serveForPrimary({ origin, close }: Service): void {
  process.send?.({ origin } satisfies ReadyMessage);
  // Ctrl-C in a terminal sends SIGINT to all processes, but only the primary may stop the workers.
  process.on("SIGINT", () => {});
  process.once("SIGTERM", () => void close().then(leavePrimary));
  process.once("disconnect", () => void close());
}

export const isPrimary = cluster.isPrimary;

/** Closes a worker's channel to its primary, because an open channel would keep the process running. */
export function leavePrimary(): void {
  cluster.worker?.disconnect();
}
