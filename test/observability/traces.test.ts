import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import { after, describe, test } from "node:test";
import { storedIdentity } from "../../server/auth/development.ts";
import { wantsTraces } from "../../server/observability/traces.ts";
import { serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { profilesPath } from "../support/tenant.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
const token = await (await storedIdentity(folder)).issueToken({});
const env = { DATA_DIR: folder, DATABASE_URL: "sqlite::memory:" };

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status: { readonly code: number };
}

/** Starts a collector for OTLP in JSON. @returns its URL and the request bodies that it has received. */
async function startCollector() {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part) => {
      text += part;
    });
    request.on("end", () => {
      bodies.push(`${request.url}\n${text}`);
      response.setHeader("content-type", "application/json");
      response.end("{}");
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  after(() => server.close());
  const { port } = Object(server.address());
  return { url: `http://127.0.0.1:${port}`, bodies };
}

function spansIn(bodies: readonly string[]): readonly SentSpan[] {
  return bodies.flatMap((body) => {
    const { resourceSpans = [] } = JSON.parse(body.split("\n")[1] ?? "{}");
    return resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: SentSpan[] }[] }) =>
      scopeSpans.flatMap(({ spans }) => spans),
    );
  });
}

function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${url}${profilesPath}?$top=5`, { headers: { authorization: `Bearer ${token}`, ...headers } });
}

describe("traces", () => {
  test("traces are sent to OTEL_EXPORTER_OTLP_ENDPOINT with a request span, a nested store span, and no secrets", async () => {
    const collector = await startCollector();
    const service = await serve({
      ...env,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    });
    const [traceId, parent] = ["0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"];
    assert.equal((await ask(service.url, { traceparent: `00-${traceId}-${parent}-01` })).status, 200);
    assert.equal(await service.stop("SIGTERM"), 0);
    const spans = spansIn(collector.bodies);
    const request = spans.find(({ name }) => name === "listProfiles");
    const store = spans.find(({ name }) => name === "store.profiles");
    assert.deepEqual([request?.traceId, request?.parentSpanId], [traceId, parent]);
    assert.deepEqual([store?.traceId, store?.parentSpanId], [traceId, request?.spanId]);
    const sent = collector.bodies.join("");
    assert.match(sent, /^\/v1\/traces\n/);
    assert.match(sent, /"http\.response\.status_code","value":\{"intValue":200\}/);
    assert.doesNotMatch(sent, /eyJ|\$top|command/);
  });

  test("traces do not prevent answers or a shutdown if the collector is unreachable", async () => {
    const service = await serve({ ...env, OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1" });
    assert.equal((await ask(service.url)).status, 200);
    assert.equal(await service.stop("SIGTERM"), 0);
  });

  test("traces mark a request as failed if its answer is 5xx, but not if it is 4xx", async () => {
    const collector = await startCollector();
    const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" };
    const service = await serve({ ...env, ...variables }, ["--control"]);
    const statuses = [503, 401];
    for (const status of statuses) {
      const answer = await fetch(new URL("/_control/failures", service.url), {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ operation: "listProfiles", status }),
      });
      assert.equal(answer.status, 204);
      assert.equal((await ask(service.url)).status, status);
    }
    assert.equal(await service.stop("SIGTERM"), 0);
    const codes = spansIn(collector.bodies)
      .filter(({ name }) => name === "listProfiles")
      .map(({ status }) => status.code);
    // The codes of OTLP: 0 is unset, 2 is an error.
    assert.deepEqual(codes, [2, 0]);
  });

  test("traces are off if OTEL_EXPORTER_OTLP_ENDPOINT is empty", () => {
    assert.equal(wantsTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1", OTEL_SDK_DISABLED: "true" }), false);
    assert.equal(wantsTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: "", OTEL_TRACES_EXPORTER: "" }), false);
    assert.equal(wantsTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1", OTEL_SDK_DISABLED: "false" }), true);
    assert.equal(wantsTraces({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://127.0.0.1:1" }), true);
  });

  for (const [name, value] of [
    ["OTEL_TRACES_EXPORTER", "none"],
    ["OTEL_SDK_DISABLED", "true"],
  ] as const) {
    test(`traces are off if ${name} is ${value}`, async () => {
      const collector = await startCollector();
      const service = await serve({ ...env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, [name]: value });
      assert.equal((await ask(service.url)).status, 200);
      assert.equal(await service.stop("SIGTERM"), 0);
      assert.deepEqual(collector.bodies, []);
    });
  }
});
