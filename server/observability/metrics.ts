/** Metrics of this process for Prometheus, by prom-client. Loaded only where METRICS_PORT asks for them. */
import { AggregatorRegistry, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Observe } from "./observation.ts";

export interface Metrics {
  readonly observe: Observe;
  /** Counts a commit of the store, and the decisions in it. */
  readonly committed: (decisions: number) => void;
  /** Shows a pool of connections from now on. */
  readonly watchPool: (pool: Pool) => void;
  /** In Prometheus' text format. */
  read(): Promise<string>;
}

/** Connections to a database, now. */
interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  /** Requests that wait for one. */
  readonly waitingCount: number;
}

/** Seconds: OpenTelemetry's buckets for HTTP servers, and two below them, where most answers here are. */
const durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Each process has one; in a process that a primary has started, that primary reads it as well. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "http_server_request_duration_seconds",
    help: "Time from a request's headers to the end of its answer, by operationId, or by route where there is none.",
    labelNames: ["operation", "method", "status"],
    buckets: durations,
    registers,
  });
  const commits = new Histogram({
    name: "store_commit_decisions",
    help: "Writes that a commit of the store made durable together.",
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  });
  // What lets the primary of several processes ask.
  AggregatorRegistry.setRegistries(registry);
  new AggregatorRegistry();
  return {
    observe: ({ operationId, route, method, status, milliseconds }) =>
      requests.observe({ operation: operationId ?? route, method, status }, milliseconds / 1000),
    committed: (decisions) => commits.observe(decisions),
    watchPool: (pool) => watch(pool, registers),
    read: () => registry.metrics(),
  };
}

function watch(pool: Pool, registers: Registry[]): void {
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

/** Reads the metrics of all processes that this one has started, as one: numbers are summed, times averaged. */
export function metricsOfAll(): () => Promise<string> {
  const aggregator = new AggregatorRegistry();
  return () => aggregator.clusterMetrics();
}
