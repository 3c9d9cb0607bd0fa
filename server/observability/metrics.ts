/** The metrics of this process for Prometheus, collected by prom-client. This module is loaded only if METRICS_PORT is set. */
import { AggregatorRegistry, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Observe } from "./observation.ts";

export interface Metrics {
  readonly observe: Observe;
  /** Counts a commit of the store. @param decisions the number of writes in the commit. */
  readonly committed: (decisions: number) => void;
  /** Adds a connection pool to the metrics. */
  readonly watchPool: (pool: ObservedPool) => void;
  /** Returns all metrics in Prometheus' text format. */
  read(): Promise<string>;
}

/** The current state of a pool of database connections. */
interface ObservedPool {
  readonly totalCount: number;
  readonly idleCount: number;
  /** The number of requests that wait for a connection. */
  readonly waitingCount: number;
}

/**
 * The histogram's buckets in seconds: OpenTelemetry's for HTTP servers, and two shorter buckets, where most answers here
 * belong.
 */
const durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Opens the metrics, once per process. In a worker process, the primary process reads the metrics too. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "http_server_request_duration_seconds",
    help: "Time from a request's headers to the end of its answer, by operationId, or by route if the request matched no operation.",
    labelNames: ["operation", "method", "status"],
    buckets: durations,
    registers,
  });
  const commits = new Histogram({
    name: "store_commit_decisions",
    help: "Number of writes that one commit of the store made durable.",
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  });
  // These two calls let the primary process read the metrics of this process.
  AggregatorRegistry.setRegistries(registry);
  new AggregatorRegistry();
  return {
    observe: ({ operationId, route, method, status, milliseconds }) =>
      requests.observe({ operation: operationId ?? route, method, status }, milliseconds / 1000),
    committed: (decisions) => commits.observe(decisions),
    watchPool: (pool) => watchPool(pool, registers),
    read: () => registry.metrics(),
  };
}

function watchPool(pool: ObservedPool, registers: Registry[]): void {
  new Gauge({
    name: "store_pool_connections",
    help: "Connections to the database.",
    labelNames: ["state"],
    registers,
    collect() {
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "busy" }, pool.totalCount - pool.idleCount);
    },
  });
  new Gauge({
    name: "store_pool_waiting",
    help: "Requests that wait for a connection to the database.",
    registers,
    collect() {
      this.set(pool.waitingCount);
    },
  });
}

/**
 * Returns a function that reads the metrics of all worker processes as one text. Counts are added up, and times are
 * averaged.
 */
export function openClusterMetrics(): () => Promise<string> {
  const aggregator = new AggregatorRegistry();
  return () => aggregator.clusterMetrics();
}
