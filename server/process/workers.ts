/**
 * Several processes on one port: a primary that answers nothing and keeps the others running. Each has a store of its
 * own; the database keeps them apart.
 */
import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import type { Config } from "./config.ts";
import { withMetrics } from "./service.ts";

// Each process accepts connections by itself: handed out by the primary, one that is on its way to a process which has
// just ended would be lost, and all would be if the primary ended.
cluster.schedulingPolicy = cluster.SCHED_NONE;

/** What a process that serves says to its primary: the origin it serves. */
interface Serving {
  readonly origin: string;
}

export interface Processes {
  /** Such as `http://127.0.0.1:3000`. */
  readonly origin: string;
  /** Where the metrics of all are read. */
  readonly metricsUrl?: string;
  /** Stops all, each as it would on its own. */
  close(): Promise<void>;
}

/** Milliseconds between the end of a process that nobody stopped and the start of its successor. */
const pause = 1000;

/**
 * Starts as many processes as the configuration says, which run this process's own command. The first alone: what keeps it from starting, it says
 * once.
 * @returns undefined if one did not start; it has said why, and `process.exitCode` is its own.
 */
export async function startProcesses({ processes: count, metrics }: Config): Promise<Processes | undefined> {
  let stopping = false;
  const replace = (worker: Worker, code: number, signal: string) => {
    if (stopping) return;
    console.error(`Process ${worker.process.pid} ended (${signal || code}); another takes its place.`);
    setTimeout(() => {
      if (!stopping) cluster.fork().once("exit", replaceLater);
    }, pause);
  };
  function replaceLater(this: Worker, code: number, signal: string): void {
    replace(this, code, signal);
  }
  const close = async () => {
    stopping = true;
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(
      workers.map(async (worker) => {
        worker.process.kill("SIGTERM");
        await once(worker, "exit");
      }),
    );
  };

  let origin = "";
  for (let started = 0; started < count; started++) {
    const worker = cluster.fork();
    const serving = await servingOf(worker);
    if (serving === undefined) {
      process.exitCode = worker.process.exitCode ?? 1;
      await close();
      return undefined;
    }
    origin = serving.origin;
    worker.once("exit", replaceLater);
  }
  if (metrics === undefined) return { origin, close };
  const { metricsOfAll } = await import("../observability/metrics.ts");
  return withMetrics({ origin, close }, metrics, metricsOfAll());
}

/** Undefined if the process ends before it serves. */
function servingOf(worker: Worker): Promise<Serving | undefined> {
  return new Promise((resolve) => {
    worker.once("message", (message: Serving) => resolve(message));
    worker.once("exit", () => resolve(undefined));
  });
}

/** In a process that a primary has started: tells it that this one serves, and stops when it says so or is gone. */
export function serveForPrimary({ origin, close }: Processes): void {
  process.send?.({ origin } satisfies Serving);
  // Ctrl-C in a terminal reaches every process of the group; the primary's word is the one that counts.
  process.on("SIGINT", () => {});
  process.once("SIGTERM", () => void close().then(leavePrimary));
  process.once("disconnect", () => void close());
}

export const isPrimary = cluster.isPrimary;

/** Lets go of the primary, if there is one: the channel to it would keep this process alive. */
export function leavePrimary(): void {
  cluster.worker?.disconnect();
}
