/** The results of a run. */
import type { OperationId } from "../../client/index.ts";
import type { Exchange } from "../server/exchange.ts";
import type { Coverage } from "./coverage.ts";
import type { Violation } from "./judge.ts";

/** A violation, with the scenario that found it. */
export interface ReportedViolation extends Violation {
  /** The operation whose contract is broken. It may be one that prepares the scenario. */
  readonly operation: OperationId;
  /** The status of the answer that is wrong, or the status that the server should have answered. */
  readonly status: number;
  /** The scenario, as a sentence. */
  readonly scenario: string;
  /** The exchange with the wrong answer. */
  readonly exchange: Exchange;
}

/** The result of one scenario. */
export interface Verdict {
  readonly operation: OperationId;
  readonly status: number;
  readonly title: string;
  readonly outcome: "kept" | "broken" | "not provoked" | "not chosen";
  /** Why the scenario was not played. */
  readonly reason?: string;
  readonly violations: readonly ReportedViolation[];
  /** All exchanges of the scenario in their order, without those of the cleanup. */
  readonly exchanges: readonly Exchange[];
  readonly milliseconds: number;
}

/** The requests that a run generates. */
export interface Generation {
  /** The number of requests, over all operations. */
  readonly requests: number;
  /** The same seed generates the same requests. */
  readonly seed: number;
  /** The path of a counterexample, from a report: only this request is sent again. */
  readonly path?: string;
}

/** The result of a run. */
export interface Run {
  /** The prefix of the names of all profiles that the run created. */
  readonly prefix: string;
  readonly baseUrl: string;
  readonly verdicts: readonly Verdict[];
  readonly violations: readonly ReportedViolation[];
  readonly coverage: Coverage;
  /** Undefined if the run generated no requests. */
  readonly generation: Generation | undefined;
  /** The ids of profiles that could not be deleted. */
  readonly left: readonly string[];
  /** Whether the run was stopped before its end. */
  readonly stopped: boolean;
}
