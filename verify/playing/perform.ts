/** One scenario on a server: given → request → after → expect. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { OperationId } from "../../client/index.ts";
import { type Fault, fault, type Judge } from "../judging/judge.ts";
import type { Verdict, Violation } from "../judging/verdict.ts";
import type { Call, Step } from "../scenarios/language/scenario.ts";
import { belowRoot, type Ledger } from "../server/cleanup.ts";
import { operationNamed, operationOf, successOf } from "../server/contract.ts";
import { type Answer, type Exchange, type Outgoing, requestOf, send } from "../server/exchange.ts";
import type { Target } from "../server/target.ts";
import { unmet } from "./expectations.ts";
import type { Play } from "./play.ts";
import { NothingThere, resolve, type Scope } from "./references.ts";

/** Where a scenario is played. */
export interface Stage {
  readonly target: Target;
  readonly ledger: Ledger;
  /** `{run}` */
  readonly prefix: string;
  /** What is under way when it aborts is waited for: who knows else what it makes. */
  readonly signal: AbortSignal | undefined;
  /** How long the whole run may still wait for a server that has had too many of its requests. */
  readonly patience: { seconds: number };
  /** What was written is not read back, and any declared answer will do. */
  readonly stateless: boolean;
  readonly judge: Judge;
}

/** Plays it to its end, or to the first step that isn't answered as it must be: what follows builds on it. */
export async function perform(play: Play, stage: Stage): Promise<Verdict> {
  const { operation, status, title, scenario, given, request } = play;
  const begun = performance.now();
  const { stateless } = stage;
  const notes = openNotes(play, stage.judge);
  const scope = new Map<string, Answer | string>([["run", stage.prefix]]);
  scope.set("key", randomUUID()).set("now", new Date().toUTCString());
  if (play.each !== undefined) scope.set("each", play.each);

  /** @param whose the promise that is broken if the answer is a declared one, but not the one there must be. */
  const make = async (step: Step, whose: Pick<Play, "operation" | "status">): Promise<boolean> => {
    if (stage.signal?.aborted) return false;
    const exchange = await exchangeOf(step, scope, stage);
    if (exchange === undefined) return !stateless && notes.blame(whose, "A link leads away from the server.");
    notes.enter(exchange, statusOf(step));
    const { answer } = exchange;
    if (answer === undefined) return false;
    if (stateless ? !isDeclared(exchange) : answer.status !== statusOf(step)) {
      return (
        isDeclared(exchange) && notes.blame(whose, wrongStatus(exchange, answer, statusOf(step)), "expected status")
      );
    }
    if (step.as !== undefined) scope.set(step.as, answer);
    return true;
  };

  /** @returns why the server can't be made to answer what it must, if it can't. */
  const makeAll = async (): Promise<string | undefined> => {
    for (const step of given) {
      const whose = "follow" in step ? play : { operation: step.operation, status: statusOf(step) };
      if (!(await make(step, whose))) return undefined;
    }
    const refusal = scenario.provoked && (await stage.target.provoke?.(operation, status));
    if (refusal) return refusal;
    for (const step of [request, ...(scenario.after ?? [])]) if (!(await make(step, play))) return undefined;
    for (const expectation of stateless ? [] : (scenario.expect ?? [])) {
      const message = unmet(expectation, scope);
      if (message !== undefined) notes.blame(play, message);
    }
    return undefined;
  };

  const refusal = await makeAll().catch((error: unknown) => {
    if (!(error instanceof NothingThere)) throw error;
    // Where it should be, the judge may have missed it already.
    if (notes.violations.length === 0 && !stateless) notes.blame(play, error.message);
    return undefined;
  });
  return {
    operation,
    status,
    title,
    outcome: notes.violations.length > 0 ? "broken" : refusal === undefined ? "kept" : "not provoked",
    ...(refusal !== undefined && { reason: refusal }),
    violations: notes.violations,
    exchanges: notes.exchanges,
    milliseconds: performance.now() - begun,
  };
}

/** What is written down of a scenario while it is played. */
function openNotes({ operation, status, title }: Play, judge: Judge) {
  const exchanges: Exchange[] = [];
  const violations: Violation[] = [];
  const scenario = `${operation} ${status} ${title}`;
  const add = (whose: Pick<Play, "operation" | "status">, found: Fault, exchange: Exchange) => {
    violations.push({ ...found, operation: whose.operation, status: whose.status, scenario, exchange });
  };
  return {
    exchanges,
    violations,
    /** Enters an exchange, and what the contract has against its answer: its own operation's fault. */
    enter(exchange: Exchange, wanted: number): void {
      exchanges.push(exchange);
      const seen = isDeclared(exchange) ? exchange.answer?.status : undefined;
      const whose: OperationId = exchange.operation ?? operation;
      for (const found of judge(exchange)) add({ operation: whose, status: seen ?? wanted }, found, exchange);
    },
    /** Says what doesn't hold after the last exchange. @returns false */
    blame(whose: Pick<Play, "operation" | "status">, message: string, rule: Fault["rule"] = "expectation"): false {
      const last = exchanges.at(-1);
      if (last) add(whose, fault(rule, "", message), last);
      return false;
    },
  };
}

function isDeclared({ operation, answer }: Exchange): boolean {
  if (operation === undefined || answer === undefined) return answer !== undefined;
  return operationNamed(operation).responses.has(answer.status);
}

/** The status a step must be answered with. */
function statusOf(step: Step): number {
  return "follow" in step ? 200 : (step.status ?? successOf(operationNamed(step.operation)));
}

function wrongStatus({ method, url }: Exchange, { status, body }: Answer, wanted: number): string {
  const { message } = Object(Object(body).error);
  const said = typeof message === "string" ? ` ("${message}")` : "";
  return `${method} ${new URL(url).pathname} was answered ${status}${said}; it must be ${wanted}.`;
}

/** Undefined: where the step leads is not the server. @throws NothingThere */
async function exchangeOf(step: Step, scope: Scope, stage: Stage): Promise<Exchange | undefined> {
  const { target } = stage;
  let request: Outgoing;
  if ("follow" in step) {
    const url = belowRoot(target, String(resolve(step.follow, scope)));
    if (url === undefined) return undefined;
    const operation = operationOf("GET", new URL(url).pathname);
    request = { operation, caller: "full", method: "GET", url, headers: {}, sent: undefined };
  } else {
    request = requestOf(target, step.operation, resolve(whole(step), scope));
  }
  const exchange = await patiently(request, "status" in step && step.status === 429, stage);
  stage.ledger.note(exchange);
  return exchange;
}

/** Sends it, and again after the time in `Retry-After` where the server has had too many requests of this run. */
export async function patiently(
  request: Outgoing,
  isMeant: boolean,
  { target, patience, signal }: Pick<Stage, "target" | "patience" | "signal">,
): Promise<Exchange> {
  for (;;) {
    const exchange = await send(target, request);
    const seconds = Number(exchange.answer?.headers["retry-after"] ?? Number.NaN);
    if (isMeant || exchange.answer?.status !== 429 || !(seconds <= patience.seconds)) return exchange;
    patience.seconds -= Math.max(seconds, 0.1);
    await sleep(seconds * 1000, undefined, signal && { signal }).catch(() => {});
    if (signal?.aborted) return exchange;
  }
}

/** With the path parameters that it leaves out. */
function whole(step: Call): Call {
  const { path } = operationNamed(step.operation);
  const usual = {
    ...(path.includes("{profileId}") && { profileId: "{profile.id}" }),
    ...(path.includes("{assignmentId}") && { assignmentId: "{assignment.id}" }),
  };
  return { ...step, path: { ...usual, ...step.path } };
}
