/** Plays one scenario: sends its preparatory steps, its request and the steps after it, and checks its expectations. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { OperationId } from "../../client/index.ts";
import { type Judge, type Violation, violation } from "../judging/judge.ts";
import type { ReportedViolation, Verdict } from "../judging/verdict.ts";
import type { Call, Step } from "../scenarios/language/scenario.ts";
import { type CleanupList, toTargetUrl } from "../server/cleanup.ts";
import { findOperationId, getOperation, successStatus } from "../server/contract.ts";
import { type Answer, buildRequest, type Exchange, type OutgoingRequest, send } from "../server/exchange.ts";
import type { Target } from "../server/target.ts";
import { findUnmet } from "./expectations.ts";
import type { Play } from "./play.ts";
import { mayBeAbsent, resolve, type Scope, UnresolvedReference } from "./references.ts";

/** The data of a run that all scenarios share. */
export interface RunContext {
  readonly target: Target;
  readonly cleanup: CleanupList;
  /** The value of the reference `{run}`. */
  readonly prefix: string;
  /** Stops the run. The current request is still awaited, because it may create a profile. */
  readonly signal: AbortSignal | undefined;
  /** The remaining time that the run may spend waiting after 429 answers. */
  readonly retryBudget: { seconds: number };
  /** Whether the server is a mock that stores nothing. Any declared answer is then accepted, and expectations are not checked. */
  readonly stateless: boolean;
  /** Whether the server may lack the parts that the contract marks with `x-strict: absent`. They are then not expected. */
  readonly isLenient: boolean;
  readonly judge: Judge;
}

/** The (operation, status) pair for which a violation is reported. */
type Cell = Pick<Play, "operation" | "status">;

/** Plays the steps of the scenario. It stops at the first wrong answer, because later steps depend on it. */
export async function perform(play: Play, context: RunContext): Promise<Verdict> {
  const { operation, status, title, given, request, scenario } = play;
  const startTime = performance.now();
  const record = openRecord(play, context.judge);
  const scope = new Map<string, Answer | string>([["run", context.prefix]]);
  scope.set("key", randomUUID()).set("now", new Date().toUTCString());
  if (play.each !== undefined) scope.set("each", play.each);
  const player: Player = { play, context, record, scope };

  let reason: string | undefined;
  try {
    reason = await playSteps(player, given, [request, ...(scenario.after ?? [])]);
  } catch (error) {
    if (!(error instanceof UnresolvedReference)) throw error;
    // A mock may omit a member that the schemas do not require.
    if (isExcused(error, context)) reason = `it needs {${error.reference}}, which this server does not send`;
    else if (record.violations.length === 0 && !context.stateless) record.blame(play, error.message);
  }
  return {
    operation,
    status,
    title,
    outcome: record.violations.length > 0 ? "broken" : reason === undefined ? "kept" : "not provoked",
    ...(reason !== undefined && { reason }),
    violations: record.violations,
    exchanges: record.exchanges,
    milliseconds: performance.now() - startTime,
  };
}

interface Player {
  readonly play: Play;
  readonly context: RunContext;
  readonly record: ReturnType<typeof openRecord>;
  readonly scope: Map<string, Answer | string>;
}

/** @returns the reason why the fault cannot be injected; undefined if it was injected or is not needed. */
async function playSteps(player: Player, given: readonly Step[], others: readonly Step[]): Promise<string | undefined> {
  const { play, context } = player;
  for (const step of given) {
    const cell = "follow" in step ? play : { operation: step.operation, status: expectedStatus(step) };
    if (!(await playStep(player, step, cell))) return undefined;
  }
  const reason = play.scenario.provoked && (await context.target.provoke?.(play.operation, play.status));
  if (reason) return reason;
  for (const step of others) if (!(await playStep(player, step, play))) return undefined;
  if (!context.stateless) checkExpectations(player);
  return undefined;
}

function checkExpectations({ play, record, scope, context }: Player): void {
  for (const expectation of play.scenario.expect ?? []) {
    try {
      const message = findUnmet(expectation, scope);
      if (message !== undefined) record.blame(play, message);
    } catch (error) {
      if (!isExcused(error, context)) throw error;
    }
  }
}

/** Whether an error is a reference to a part of an answer that the server need not send. */
function isExcused(error: unknown, { isLenient }: RunContext): boolean {
  return isLenient && error instanceof UnresolvedReference && mayBeAbsent(error.reference);
}

/**
 * @param cell the pair for which a declared but unexpected status is reported.
 * @returns whether the scenario can continue.
 */
async function playStep({ context, record, scope }: Player, step: Step, cell: Cell): Promise<boolean> {
  if (context.signal?.aborted) return false;
  const { stateless } = context;
  const exchange = await sendStep(step, scope, context);
  if (exchange === undefined) return !stateless && record.blame(cell, "A link leads to another server.");
  const expected = expectedStatus(step);
  record.add(exchange, expected);
  const { answer } = exchange;
  if (answer === undefined) return false;
  if (stateless ? !isDeclared(exchange) : answer.status !== expected) {
    return isDeclared(exchange) && record.blame(cell, describeStatus(exchange, answer, expected), "expected status");
  }
  if (step.as !== undefined) scope.set(step.as, answer);
  return true;
}

/** Collects the exchanges and the violations of a scenario. */
function openRecord({ operation, status, title }: Play, judge: Judge) {
  const exchanges: Exchange[] = [];
  const violations: ReportedViolation[] = [];
  const scenario = `${operation} ${status} ${title}`;
  const report = (cell: Cell, found: Violation, exchange: Exchange) => {
    violations.push({ ...found, operation: cell.operation, status: cell.status, scenario, exchange });
  };
  return {
    exchanges,
    violations,
    /** Adds an exchange, and reports the violations in its answer for the operation of the exchange. */
    add(exchange: Exchange, expected: number): void {
      exchanges.push(exchange);
      const declared = isDeclared(exchange) ? exchange.answer?.status : undefined;
      const own: OperationId = exchange.operation ?? operation;
      for (const found of judge(exchange)) report({ operation: own, status: declared ?? expected }, found, exchange);
    },
    /** Reports a violation in the last exchange. @returns always false, for use in expressions. */
    blame(cell: Cell, message: string, rule: Violation["rule"] = "expectation"): false {
      const last = exchanges.at(-1);
      if (last) report(cell, violation(rule, "", message), last);
      return false;
    },
  };
}

function isDeclared({ operation, answer }: Exchange): boolean {
  if (operation === undefined || answer === undefined) return answer !== undefined;
  return getOperation(operation).responses.has(answer.status);
}

function expectedStatus(step: Step): number {
  return "follow" in step ? 200 : (step.status ?? successStatus(getOperation(step.operation)));
}

function describeStatus({ method, url }: Exchange, { status, body }: Answer, expected: number): string {
  const { message } = Object(Object(body).error);
  const quoted = typeof message === "string" ? ` ("${message}")` : "";
  return `${method} ${new URL(url).pathname} was answered ${status}${quoted}; it must be ${expected}.`;
}

/** @returns undefined if the step follows a link to another server. @throws UnresolvedReference */
async function sendStep(step: Step, scope: Scope, context: RunContext): Promise<Exchange | undefined> {
  const { target } = context;
  let request: OutgoingRequest;
  if ("follow" in step) {
    const url = toTargetUrl(target, String(resolve(step.follow, scope)));
    if (url === undefined) return undefined;
    const operation = findOperationId("GET", new URL(url).pathname);
    request = { operation, caller: "full", method: "GET", url, headers: {}, sent: undefined };
  } else {
    request = buildRequest(target, step.operation, resolve(withPathParameters(step), scope));
  }
  const exchange = await sendWithRetries(request, "status" in step && step.status === 429, context);
  context.cleanup.register(exchange);
  return exchange;
}

/** Sends a request. If the server answers with 429, waits for the time in `Retry-After` and sends the request again. */
export async function sendWithRetries(
  request: OutgoingRequest,
  is429Expected: boolean,
  { target, retryBudget, signal }: Pick<RunContext, "target" | "retryBudget" | "signal">,
): Promise<Exchange> {
  for (;;) {
    const exchange = await send(target, request);
    const seconds = Number(exchange.answer?.headers["retry-after"] ?? Number.NaN);
    if (is429Expected || exchange.answer?.status !== 429 || !(seconds <= retryBudget.seconds)) return exchange;
    retryBudget.seconds -= Math.max(seconds, 0.1);
    await sleep(seconds * 1000, undefined, signal && { signal }).catch(() => {});
    if (signal?.aborted) return exchange;
  }
}

/** Adds the default values of path parameters that the step does not set. */
function withPathParameters(step: Call): Call {
  const { path } = getOperation(step.operation);
  const defaults = {
    ...(path.includes("{profileId}") && { profileId: "{profile.id}" }),
    ...(path.includes("{assignmentId}") && { assignmentId: "{assignment.id}" }),
  };
  return { ...step, path: { ...defaults, ...step.path } };
}
