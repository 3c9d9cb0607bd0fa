/** The metrics of this process for Prometheus, counted by prom-client. Loaded only with METRICS_PORT. */
import { AggregatorRegistry, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Observe } from "./observation.ts";

export interface Metrics {
  readonly observe: Observe;
  /** Counts a commit of the store, and the writes in it. */
  readonly committed: (decisions: number) => void;
  /** Reports a connection pool from now on. */
  readonly watchPool: (pool: ObservedPool) => void;
  /** All metrics in Prometheus' text format. */
  read(): Promise<string>;
}

/** The current state of a pool of database connections. */
interface ObservedPool {
  readonly totalCount: number;
  readonly idleCount: number;
  /** Requests that wait for a connection. */
  readonly waitingCount: number;
}

/** Seconds: OpenTelemetry's buckets for HTTP servers, and two shorter ones, because most answers here take that long. */
const durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Each process calls this once. If a primary process has started this one, the primary reads these metrics as well. */
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
  // These two let the primary process ask for the metrics of this one.
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

/** Reads the metrics of all worker processes as one text: counts are added up, times averaged. */
export function openClusterMetrics(): () => Promise<string> {
  const aggregator = new AggregatorRegistry();
  return () => aggregator.clusterMetrics();
}
