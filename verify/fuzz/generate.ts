/** Sends generated requests to every operation, judges the answers, and shrinks the first request that finds a violation. */
import fc from "fast-check";
import { type Violation, violation } from "../judging/judge.ts";
import { isAllowedStrictly } from "../judging/strictness.ts";
import type { Generation, Verdict } from "../judging/verdict.ts";
import { sendWithRetries } from "../playing/perform.ts";
import { isSelected, type Selection } from "../playing/selection.ts";
import type { RequestSpec } from "../scenarios/language/scenario.ts";
import { type Operation, operations, successStatus } from "../server/contract.ts";
import { buildRequest, type Exchange } from "../server/exchange.ts";
import { type Fixture, openFixture } from "./fixture.ts";
import type { FuzzContext } from "./generation.ts";
import type { Mutation } from "./mutations.ts";
import { allowedAnswer, type GeneratedRequest, requests, toRequestSpec } from "./requests.ts";
import { playSequences, requestsPerSequence } from "./sequences.ts";

/** A generated request with its exchange and violations. */
interface SentRequest {
  readonly request: GeneratedRequest;
  readonly exchange: Exchange;
  readonly violations: readonly Violation[];
}

/** Sends generated requests to one operation after the other, the same number to each, and then sequences of writes. */
export async function* playGenerated(
  generation: Generation,
  selection: Selection,
  context: FuzzContext,
): AsyncGenerator<Verdict> {
  const chosen = [...operations.values()].filter(({ operationId, method, path, isRefused }) => {
    if (selection.profile === "graph" && isRefused) return false;
    // A path parameter needs an existing entity, so the fixture would have to be created first.
    const needsNoWrite = method === "GET" && !path.includes("{");
    return (needsNoWrite || !selection.readOnly) && isSelected(operationId, selection);
  });
  const share = Math.ceil(generation.requests / chosen.length);
  for (const operation of chosen) {
    if (!context.signal?.aborted) yield await playOperation(operation, share, generation, context);
  }
  // The model orders profiles as this contract decides, which may differ from Graph. So `graph` leaves the sequences out.
  const isLeftOut = selection.readOnly || selection.profile === "graph" || !isSelected("sequences", selection);
  if (isLeftOut || context.signal?.aborted) return;
  yield await playSequences(Math.ceil(generation.requests / requestsPerSequence), generation, context);
}

async function playOperation(
  operation: Operation,
  share: number,
  { seed, path }: Generation,
  context: FuzzContext,
): Promise<Verdict> {
  const startTime = performance.now();
  const fixture = openFixture(context);
  let lastFailure: SentRequest | undefined;
  const property = fc.asyncProperty(requests(operation), async (request) => {
    if (context.signal?.aborted || !isAllowed(request, context)) return true;
    const sent = await sendGenerated(request, fixture, context);
    if (sent.violations.length > 0) lastFailure = sent;
    return sent.violations.length === 0;
  });
  const details = await fc.check(property, { seed, ...(path !== undefined && { path }), numRuns: share });
  await fixture.clear();
  const { operationId } = operation;
  const verdict = {
    operation: operationId,
    status: successStatus(operation),
    title: `returns declared answers to ${share} generated requests, seed ${seed}`,
  };
  if (!details.failed || lastFailure === undefined) {
    const milliseconds = performance.now() - startTime;
    return { ...verdict, outcome: "kept", violations: [], exchanges: [], milliseconds };
  }
  // The shrunk request is sent again with a new fixture, so that the commands in the report reproduce the violation.
  const again = await sendGenerated(lastFailure.request, fixture, context);
  const found = again.violations.length > 0 ? again.violations : lastFailure.violations;
  const { exchange } = again;
  const exchanges = [...fixture.exchanges, exchange];
  await fixture.clear();
  const scenario = `${operationId}: a generated request, shrunk; repeat it with --include ${operationId} --generate ${share} --seed ${seed}:${details.counterexamplePath}`;
  const answered = exchange.answer?.status ?? verdict.status;
  const status = operation.responses.has(answered) ? answered : verdict.status;
  const violations = found.map((one) => ({ ...one, operation: operationId, status, scenario, exchange }));
  return { ...verdict, outcome: "broken", violations, exchanges, milliseconds: performance.now() - startTime };
}

async function sendGenerated(request: GeneratedRequest, fixture: Fixture, context: FuzzContext): Promise<SentRequest> {
  const { target, cleanup, prefix, coverage } = context;
  const existing = Object.keys(request.path).length > 0 ? await fixture.ids() : {};
  const spec = toRequestSpec(request, existing, prefix);
  const exchange = await sendWithRetries(buildRequest(target, request.operation, spec), false, context);
  cleanup.register(exchange);
  coverage.record(exchange);
  if (exchange.method !== "GET" && (exchange.answer?.status ?? 0) < 300) fixture.markChanged();
  const violations = [...context.judge(exchange), ...judgeGenerated(request, exchange, spec, context)];
  return { request, exchange, violations };
}

/** Checks the status and the error target for this request, in addition to the rules for every answer. */
function judgeGenerated(
  request: GeneratedRequest,
  { answer, method, url }: Exchange,
  spec: RequestSpec,
  { profile }: FuzzContext,
): Violation[] {
  const { statuses, validity, invalidPlace } = allowedAnswer(request, spec);
  if (answer === undefined) return [];
  if (profile === "graph" && answer.status < 500 && !(validity === "valid" && mustSucceed(request, spec))) return [];
  const { message, target } = Object(Object(answer.body).error);
  const quoted = typeof message === "string" ? ` ("${message.slice(0, 200)}")` : "";
  const what = `${method} ${new URL(url).pathname.slice(0, 200)} was answered ${answer.status}${quoted}`;
  if (!statuses.includes(answer.status)) {
    const kind = validity === "either" ? "valid or invalid, depending on the server's data," : validity;
    const rule = `a request that is ${kind} must be answered ${statuses.join(", ")}`;
    return [violation("expected status", "", `${what}; ${rule}.`)];
  }
  if (answer.status !== 400 || invalidPlace === undefined || isAbout(target, formatPlace(invalidPlace))) return [];
  const wanted = `'${formatPlace(invalidPlace)}'`;
  return [violation("expectation", "body/error/target", `${what} with the target '${target}'; it must be ${wanted}.`)];
}

/**
 * Whether a valid request must succeed on a server that follows Microsoft Graph. Intune cannot filter and sort by every
 * property, and it is not documented which ones it can.
 */
function mustSucceed({ operation, query }: GeneratedRequest, spec: RequestSpec): boolean {
  return isAllowedStrictly(operation, spec) && !query.some(({ name }) => /filter|orderby/i.test(name));
}

/** Formats a location as the contract does in error targets: `target.groupId`, `value[0].target`. */
function formatPlace(at: Mutation["at"]): string {
  return (
    at
      .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
      .join("")
      .replace(/^\./, "")
      // A delta payload has either of the two names. If it has none, the error names the first.
      .replace(/^@context$/, "@odata.context")
  );
}

/**
 * Whether an error's target is the location itself, a part of it, or something that contains it, in any case. Always true if the
 * location contains a NUL or an unpaired surrogate.
 */
function isAbout(target: unknown, place: string): boolean {
  if (!place.isWellFormed() || place.includes("\0")) return true;
  const [named, wanted] = [String(target ?? "").toLowerCase(), place.toLowerCase()];
  return named.startsWith(wanted) || (named !== "" && wanted.startsWith(named));
}

/** Whether the request may be sent. In a shared tenant, requests that would move other users' profiles are not sent. */
function isAllowed({ content }: GeneratedRequest, { target }: FuzzContext): boolean {
  if (target.isOwnTenant || content === undefined || !("fuzzed" in content)) return true;
  const { base, mutation } = content.fuzzed;
  return !Number.isInteger(Object(base).priority) && !mutation?.at.includes("priority");
}
