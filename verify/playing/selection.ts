/** Which scenarios are played here, and why the others aren't. */

import type { Step } from "../scenarios/language/scenario.ts";
import { operationNamed } from "../server/contract.ts";
import { knows, type Target } from "../server/target.ts";
import { type Play, stepsOf } from "./play.ts";

export interface Selection {
  /** Patterns for `operation` or `operation status`, with `*`: only these; all by default. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Sends nothing that could write. */
  readonly readOnly: boolean;
  /** `graph`: without the contract's own decisions. */
  readonly profile: "contract" | "graph";
  /**
   * The server keeps nothing: a mock that answers with examples. Each answer has to be one that the operation declares, by
   * its status, headers and schemas; which one it is, and what was before, is left open.
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

/** Why it isn't played; undefined if it is. `not chosen` is what a person has left out, `not provoked` what can't be had. */
export interface Omission {
  readonly outcome: "not chosen" | "not provoked";
  readonly reason: string;
}

export function omissionOf(play: Play, target: Target, selection: Selection): Omission | undefined {
  const { include, exclude, readOnly, profile, stateless } = selection;
  const cell = `${play.operation} ${play.status}`;
  const isNamed = (pattern: string) => matches(pattern, play.operation) || matches(pattern, cell);
  if (include.length > 0 && !include.some(isNamed)) return notChosen("not included");
  if (exclude.some(isNamed)) return notChosen("excluded");
  if (readOnly && stepsOf(play).some(couldWrite)) return notChosen("it writes");
  if (profile === "graph" && isDecision(play)) return notChosen("a decision of the contract");
  if (stateless && (play.request.text ?? play.request.bytes) !== undefined) {
    return notChosen("a mock refuses what is no JSON before it knows of which operation");
  }
  if (play.scenario.provoked && target.provoke === undefined) {
    return notProvoked("only a server under control can be made to answer it");
  }
  const stranger = stepsOf(play)
    .map((step) => ("operation" in step ? step.caller : undefined) ?? "full")
    .find((caller) => !knows(target, caller));
  return stranger && notProvoked(`there is no token of the caller '${stranger}'`);
}

/** Whether a name is chosen as a whole: of an operation, as what is generated for it has no status beforehand. */
export function isNamed(name: string, { include, exclude }: Selection): boolean {
  const hit = (pattern: string) => matches(pattern, name);
  return (include.length === 0 || include.some(hit)) && !exclude.some(hit);
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

function couldWrite(step: Step): boolean {
  return "operation" in step && operationNamed(step.operation).method !== "GET";
}

/** The scenario says so, or the contract of its answer or of a query option that it uses. */
function isDecision({ operation, status, request, scenario }: Play): boolean {
  const { responses, parameters } = operationNamed(operation);
  const used = parameters.filter(({ name, in: place }) => place === "query" && name in (request.query ?? {}));
  const marked = [responses.get(status), ...used].map((declared) => declared?.["x-evidence"]);
  return [scenario.evidence, ...marked].includes("decision");
}
