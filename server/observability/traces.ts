/**
 * Traces with OpenTelemetry, configured by its standard variables (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_EXPORTER, …).
 * Without these variables, OpenTelemetry is not loaded. The spans are created here instead of by @fastify/otel, because that
 * package creates a span for each hook, and does not know operationIds or the store.
 */
import type { Span } from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Reads, Store } from "../domain/store.ts";
import { StartRefused } from "../shared/startRefused.ts";

export interface Traces {
  /** Creates a span for each request. If the request names a trace (W3C Trace Context), the span belongs to that trace. */
  readonly traceRequests: (app: FastifyInstance) => void;
  /** Wraps a store, so that each call to the store has a span within its request's span. */
  readonly traceStore: (store: Store) => Store;
  /** Sends the remaining spans to the collector. */
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether the standard variables ask for traces.
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function wantsTraces(env: Environment): boolean {
  if (env["OTEL_SDK_DISABLED"] === "true" || env["OTEL_TRACES_EXPORTER"] === "none") return false;
  const names = ["OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
  return names.some((name) => (env[name] ?? "") !== "");
}

/** The milliseconds for which a stopping service waits for the collector. */
const closeTimeout = 2000;

/** Loads and starts OpenTelemetry. @throws StartRefused if its packages are not installed. */
export async function openTraces(env: Environment): Promise<Traces> {
  const { api, NodeSDK, resources } = await loadSdk();
  const sdk = new NodeSDK({
    serviceName: env["OTEL_SERVICE_NAME"] || "apple-enrollment",
    // OpenTelemetry's process detector is left out, because the process's command line may contain a password.
    resourceDetectors: [resources.envDetector, resources.hostDetector],
    // OpenTelemetry's metrics and logs stay off even if the variables ask for them, because the service has its own.
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  return {
    traceRequests: (app) => traceRequests(app, api),
    traceStore: (store) => traceStore(store, createTimer(api)),
    close: async () => {
      const limit = new Promise<void>((resolve) => setTimeout(resolve, closeTimeout).unref());
      // An unreachable collector must not keep the service from stopping.
      await Promise.race([sdk.shutdown().catch(() => {}), limit]);
    },
  };
}

type TraceApi = Awaited<ReturnType<typeof loadSdk>>["api"];

const tracerName = "apple-enrollment";

function traceRequests(
  app: FastifyInstance,
  { context, propagation, SpanKind, SpanStatusCode, trace }: TraceApi,
): void {
  const tracer = trace.getTracer(tracerName);
  const spans = new WeakMap<FastifyRequest, Span>();
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
}

/** Wraps a function, so that each call runs within a span. */
type Timer = <Args extends readonly unknown[], Value>(
  name: string,
  work: (...args: Args) => Promise<Value>,
) => (...args: Args) => Promise<Value>;

function createTimer({ SpanStatusCode, trace }: TraceApi): Timer {
  const tracer = trace.getTracer(tracerName);
  return (name, work) =>
    (...args) =>
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
}

function traceStore(store: Store, timed: Timer): Store {
  return {
    ...store,
    read: traceReads(store.read, timed),
    decide: (tenant, command, repeatability) =>
      timed("store.decide", () => store.decide(tenant, command, repeatability))(),
  };
}

function traceReads(read: Reads, timed: Timer): Reads {
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
      "The OTEL_ variables ask for traces, but OpenTelemetry is not installed: run npm install @opentelemetry/sdk-node, or set OTEL_TRACES_EXPORTER=none.",
      { cause: error },
    );
  }
}
