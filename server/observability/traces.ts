/**
 * Traces by OpenTelemetry, as its standard variables say (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_EXPORTER, …). Without them
 * nothing of this is loaded. Spans are made here, and not by @fastify/otel: that one makes a span of each hook, and knows
 * neither operationIds nor the store.
 */
import type { Span } from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Reads, Store } from "../domain/store.ts";
import { StartRefused } from "../shared/startRefused.ts";

export interface Traces {
  /** Makes a span of each request to the service, a part of the caller's trace if it names one (W3C Trace Context). */
  readonly traceRequests: (app: FastifyInstance) => void;
  /** The store, each of whose answers is a span in that of its request. */
  readonly traceStore: (store: Store) => Store;
  /** Sends what is left. */
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the standard variables ask for traces. https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
export function wantsTraces(env: Environment): boolean {
  if (env["OTEL_SDK_DISABLED"] === "true" || env["OTEL_TRACES_EXPORTER"] === "none") return false;
  const names = ["OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
  return names.some((name) => (env[name] ?? "") !== "");
}

/** Milliseconds that a stop waits for a collector. */
const patience = 2000;

/** @throws StartRefused if OpenTelemetry's packages are not installed. */
export async function openTraces(env: Environment): Promise<Traces> {
  const { api, NodeSDK, resources } = await loadSdk();
  const sdk = new NodeSDK({
    serviceName: env["OTEL_SERVICE_NAME"] || "apple-enrollment",
    // Not the process's: its command line may hold a password.
    resourceDetectors: [resources.envDetector, resources.hostDetector],
    // Traces alone, whatever the variables say of metrics and logs: those have a place of their own.
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  const { context, propagation, SpanKind, SpanStatusCode, trace } = api;
  const tracer = trace.getTracer("apple-enrollment");
  const spans = new WeakMap<FastifyRequest, Span>();

  const timed = <Args extends readonly unknown[], Value>(name: string, work: (...args: Args) => Promise<Value>) => {
    return (...args: Args): Promise<Value> =>
      tracer.startActiveSpan(name, async (span) => {
        try {
          return await work(...args);
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      });
  };

  return {
    traceRequests(app) {
      app.addHook("onRequest", (request, _reply, done) => {
        const parent = propagation.extract(context.active(), request.headers);
        const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER }, parent);
        spans.set(request, span);
        context.with(trace.setSpan(parent, span), done);
      });
      app.addHook("onResponse", (request, reply, done) => {
        const span = spans.get(request);
        const { config, url = "unknown" } = request.routeOptions;
        span?.updateName(config.operation?.operationId ?? `${request.method} ${url}`);
        span?.setAttributes({
          "http.request.method": request.method,
          "http.route": url,
          "http.response.status_code": reply.statusCode,
          "url.scheme": request.protocol,
          "apple_enrollment.request_id": request.id,
          ...(request.principal?.tenant && { "apple_enrollment.tenant": request.principal.tenant }),
        });
        if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
        span?.end();
        done();
      });
    },
    traceStore: (store) => ({
      ...store,
      read: tracedReads(store.read, timed),
      decide: (tenant, command, repeatability) =>
        timed("store.decide", () => store.decide(tenant, command, repeatability))(),
    }),
    close: async () => {
      const limit = new Promise<void>((resolve) => setTimeout(resolve, patience).unref());
      // A collector that is not there keeps no service from stopping.
      await Promise.race([sdk.shutdown().catch(() => {}), limit]);
    },
  };
}

type Timed = <Args extends readonly unknown[], Value>(
  name: string,
  work: (...args: Args) => Promise<Value>,
) => (...args: Args) => Promise<Value>;

function tracedReads(read: Reads, timed: Timed): Reads {
  return {
    profiles: timed("store.profiles", read.profiles),
    profile: timed("store.profile", read.profile),
    countProfiles: timed("store.countProfiles", read.countProfiles),
    assignments: timed("store.assignments", read.assignments),
    assignmentsOfAll: timed("store.assignmentsOfAll", read.assignmentsOfAll),
    assignment: timed("store.assignment", read.assignment),
    countAssignments: timed("store.countAssignments", read.countAssignments),
  };
}

async function loadSdk() {
  try {
    return await import("@opentelemetry/sdk-node");
  } catch (error) {
    throw new StartRefused(
      "The OTEL_ variables ask for traces, but OpenTelemetry is not installed: npm install @opentelemetry/sdk-node, or set OTEL_TRACES_EXPORTER=none.",
      { cause: error },
    );
  }
}
