/** Plays scenarios one after the other: given → request → after → expect → clean-up. */
import { randomBytes } from "node:crypto";
import type { OperationId } from "../client/index.ts";
import { operationNamed, operationOf, successOf } from "./contract.ts";
import { type Coverage, openCoverage } from "./coverage.ts";
import { type Answer, type Exchange, requestOf, send } from "./exchange.ts";
import { unmet } from "./expectations.ts";
import { type Fault, fault, judge } from "./judge.ts";
import { belowRoot, type Ledger, openLedger } from "./ledger.ts";
import { allPlays, type Play } from "./play.ts";
import { NothingThere, resolve } from "./references.ts";
import type { Call, Step } from "./scenario.ts";
import { everything, omissionOf, type Selection } from "./selection.ts";
import type { Target } from "./target.ts";

/** A promise of the contract that the server has broken. */
export interface Violation extends Fault {
  /** Whose promise it is. */
  readonly operation: OperationId;
  /** The status it is about: of the answer that is wrong, or that should have come. */
  readonly status: number;
  /** The scenario in which it was seen, as a sentence. */
  readonly scenario: string;
  /** The exchange that is wrong, the last of its verdict's up to there. */
  readonly exchange: Exchange;
}

/** How a scenario ended. */
export interface Verdict {
  readonly operation: OperationId;
  readonly status: number;
  readonly title: string;
  readonly outcome: "kept" | "broken" | "not provoked" | "not chosen";
  /** Why it was not played. */
  readonly reason?: string;
  readonly violations: readonly Violation[];
  /** What was sent and answered, in order, without the clean-up. */
  readonly exchanges: readonly Exchange[];
  readonly milliseconds: number;
}

export interface Run {
  /** What the names of everything it made begin with. */
  readonly prefix: string;
  readonly baseUrl: string;
  readonly verdicts: readonly Verdict[];
  readonly violations: readonly Violation[];
  readonly coverage: Coverage;
  /** Ids of profiles that could not be deleted. */
  readonly left: readonly string[];
  /** Whether it was stopped before its end. */
  readonly stopped: boolean;
}

export interface RunOptions {
  readonly selection?: Selection;
  readonly plays?: readonly Play[];
  /** Stops the run; what it has made is deleted all the same. */
  readonly signal?: AbortSignal;
  /** Told of each verdict as it comes. */
  readonly onVerdict?: (verdict: Verdict, played: number, all: number) => void;
}

/** Plays them and cleans up, whatever happens. It never rejects for what a server does. */
export async function run(target: Target, options: RunOptions = {}): Promise<Run> {
  const { selection = everything, plays = allPlays(), signal, onVerdict = () => {} } = options;
  const prefix = `verify-${randomBytes(4).toString("hex")}-`;
  const ledger = openLedger(target, prefix);
  const coverage = openCoverage();
  const verdicts: Verdict[] = [];
  try {
    for (const one of plays) {
      if (signal?.aborted) break;
      const omission = omissionOf(one, target, selection);
      const verdict = omission
        ? { ...named(one), ...omission, violations: [], exchanges: [], milliseconds: 0 }
        : await play(one, { target, ledger, prefix, signal });
      await ledger.settle();
      // What was stopped in the middle says nothing of the server.
      if (signal?.aborted && !omission) break;
      for (const exchange of verdict.exchanges) coverage.enter(exchange);
      verdicts.push(verdict);
      onVerdict(verdict, verdicts.length, plays.length);
    }
  } finally {
    if (!selection.readOnly) await ledger.sweep();
  }
  return {
    prefix,
    baseUrl: target.baseUrl,
    verdicts,
    violations: verdicts.flatMap(({ violations }) => violations),
    coverage,
    left: ledger.left,
    stopped: signal?.aborted ?? false,
  };
}

interface Stage {
  readonly target: Target;
  readonly ledger: Ledger;
  readonly prefix: string;
  readonly signal: AbortSignal | undefined;
}

function named({ operation, status, title }: Play) {
  return { operation, status, title };
}

/** Plays one. It ends with the first step that can't be made or isn't answered as it must be: what follows builds on it. */
async function play(one: Play, stage: Stage): Promise<Verdict> {
  const begun = performance.now();
  const scope = new Map<string, Answer | string>([["run", stage.prefix]]);
  if (one.each !== undefined) scope.set("each", one.each);
  const exchanges: Exchange[] = [];
  const violations: Violation[] = [];
  const blame = (operation: OperationId, status: number, found: readonly Fault[], exchange: Exchange) => {
    const scenario = `${one.operation} ${one.status} ${one.title}`;
    violations.push(...found.map((each) => ({ ...each, operation, status, scenario, exchange })));
  };
  /** @returns whether the next step may be made. */
  const make = async (step: Step, whose: OperationId, wanted: number): Promise<boolean> => {
    const exchange = await exchangeOf(step, scope, stage);
    if (exchange === undefined) {
      const last = exchanges.at(-1);
      const what = "follow" in step ? step.follow : "";
      if (last)
        blame(whose, wanted, [fault("expectation", "", `${what} leads away from ${stage.target.baseUrl}.`)], last);
      return false;
    }
    exchanges.push(exchange);
    const { answer } = exchange;
    const found = judge(exchange);
    blame(exchange.operation ?? whose, answer?.status ?? wanted, found, exchange);
    const status = "follow" in step ? 200 : (step.status ?? successOf(operationNamed(step.operation)));
    if (answer === undefined || found.some(({ rule }) => rule === "declared status")) return false;
    if (answer.status !== status) {
      blame(whose, wanted, [fault("expected status", "", wrongStatus(exchange, answer, status))], exchange);
      return false;
    }
    if (step.as !== undefined) scope.set(step.as, answer);
    return true;
  };
  const refusal = await playAll();
  const whole: Pick<Verdict, "outcome" | "reason"> =
    refusal === undefined ? { outcome: "kept" } : { outcome: "not provoked", reason: refusal };
  return {
    ...named(one),
    ...(violations.length > 0 ? { outcome: "broken" } : whole),
    violations,
    exchanges,
    milliseconds: performance.now() - begun,
  };

  /** @returns why the server can't be made to answer what it must, if it can't. */
  async function playAll(): Promise<string | undefined> {
    try {
      for (const step of one.given) {
        const { operation, status } = "follow" in step ? one : step;
        if (!(await make(step, operation, status ?? successOf(operationNamed(operation))))) return undefined;
      }
      const refusal = one.scenario.provoked && (await stage.target.provoke?.(one.operation, one.status));
      if (refusal) return refusal;
      if (!(await make(one.request, one.operation, one.status))) return undefined;
      for (const step of one.scenario.after ?? []) if (!(await make(step, one.operation, one.status))) return undefined;
      for (const expectation of one.scenario.expect ?? []) {
        const message = unmet(expectation, scope);
        const last = exchanges.at(-1);
        if (message && last) blame(one.operation, one.status, [fault("expectation", "", message)], last);
      }
    } catch (error) {
      const last = exchanges.at(-1);
      if (!(error instanceof NothingThere) || last === undefined) throw error;
      blame(one.operation, one.status, [fault("expectation", "", error.message)], last);
    }
    return undefined;
  }
}

function wrongStatus({ method, url }: Exchange, { status, body }: Answer, wanted: number): string {
  const { message } = Object(Object(body).error);
  const said = typeof message === "string" ? ` ("${message}")` : "";
  return `${method} ${new URL(url).pathname} was answered ${status}${said}; it must be ${wanted}.`;
}

/** Undefined: where the step leads is not the server. @throws NothingThere */
async function exchangeOf(step: Step, scope: ReadonlyMap<string, Answer | string>, stage: Stage) {
  const { target, ledger, signal } = stage;
  let request: Parameters<typeof send>[1];
  if ("follow" in step) {
    const url = belowRoot(target, String(resolve(step.follow, scope)));
    if (url === undefined) return undefined;
    const operation = operationOf("GET", new URL(url).pathname);
    request = { operation, caller: "full", method: "GET", url, headers: {}, sent: undefined };
  } else {
    request = requestOf(target, step.operation, resolve(whole(step), scope));
  }
  const exchange = await send(target, request, signal);
  ledger.note(exchange);
  return exchange;
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
