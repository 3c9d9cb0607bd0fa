/** Selects the scenarios to play, and gives the reason for each scenario that is left out. */
import { isAllowedStrictly } from "../judging/strictness.ts";
import type { Profile, Step } from "../scenarios/language/scenario.ts";
import { getOperation } from "../server/contract.ts";
import { hasCaller, type Target } from "../server/target.ts";
import { listSteps, type Play } from "./play.ts";

export interface Selection {
  /** Patterns with `*` for `operation` or `operation status`. Only matching scenarios are played; an empty list plays all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** If true, scenarios with requests that can write are left out. */
  readonly readOnly: boolean;
  readonly profile: Profile;
  /**
   * Whether the server is a mock, which stores nothing and answers with examples. Any answer that the operation declares is
   * then accepted if its headers and body match the schemas.
   */
  readonly stateless: boolean;
}

export const everything: Selection = {
  include: [],
  exclude: [],
  readOnly: false,
  profile: "contract",
  stateless: false,
};

/** The reason why a scenario is left out. `not provoked` means that the server cannot be made to give the expected answer. */
export interface Omission {
  readonly outcome: "not chosen" | "not provoked";
  readonly reason: string;
}

export function findOmission(play: Play, target: Target, selection: Selection): Omission | undefined {
  const { include, exclude, readOnly, profile, stateless } = selection;
  const cell = `${play.operation} ${play.status}`;
  const isMatch = (pattern: string) => matches(pattern, play.operation) || matches(pattern, cell);
  if (include.length > 0 && !include.some(isMatch)) return notChosen("not included");
  if (exclude.some(isMatch)) return notChosen("excluded");
  if (readOnly && listSteps(play).some(canWrite)) return notChosen("it writes");
  if (profile === "graph" && isDecision(play)) return notChosen("it tests a decision of this contract");
  if (stateless && (play.request.text ?? play.request.bytes) !== undefined) {
    return notChosen("a mock refuses a body that is not JSON before it finds the operation");
  }
  if (play.scenario.provoked && target.provoke === undefined) {
    return notProvoked("it needs a service with controls (--control)");
  }
  const unknown = listSteps(play)
    .map((step) => ("operation" in step ? step.caller : undefined) ?? "full")
    .find((caller) => !hasCaller(target, caller));
  return unknown && notProvoked(`there is no token for the caller '${unknown}'`);
}

/** Whether an operation's generated requests are selected. They have no status, so only the name is matched with the patterns. */
export function isSelected(name: string, { include, exclude }: Selection): boolean {
  const isMatch = (pattern: string) => matches(pattern, name);
  return (include.length === 0 || include.some(isMatch)) && !exclude.some(isMatch);
}

function notChosen(reason: string): Omission {
  return { outcome: "not chosen", reason };
}

function notProvoked(reason: string): Omission {
  return { outcome: "not provoked", reason };
}

function matches(pattern: string, text: string): boolean {
  const source = pattern.split("*").map((part) => part.replaceAll(/[.$^+?()[\]{}|\\]/g, "\\$&"));
  return new RegExp(`^${source.join(".*")}$`, "i").test(text);
}

function canWrite(step: Step): boolean {
  return "operation" in step && getOperation(step.operation).method !== "GET";
}

/** Whether the scenario, its declared answer or a query option in its request is marked as a decision of this contract. */
function isDecision(play: Play): boolean {
  const { operation, status, request, scenario } = play;
  if (scenario.only === "graph") return false;
  const { responses, parameters } = getOperation(operation);
  const used = parameters.filter(({ name, in: place }) => place === "query" && name in (request.query ?? {}));
  const marked = [responses.get(status), ...used].map((declared) => declared?.["x-evidence"]);
  return [scenario.evidence, ...marked].includes("decision") || !listSteps(play).every(isAllowedByGraph);
}

/** Whether the request of a step is allowed in strict mode, or is expected to be refused. */
function isAllowedByGraph(step: Step): boolean {
  if ("follow" in step || (step.status ?? 200) >= 400) return true;
  return isAllowedStrictly(step.operation, step);
}
