/** The types of the results of a run. */
import type { OperationId } from "../../client/index.ts";
import type { Exchange } from "../server/exchange.ts";
import type { Coverage } from "./coverage.ts";
import type { Violation } from "./judge.ts";

/** A violation, with the scenario that found it. */
export interface ReportedViolation extends Violation {
  /** The operation that gave the wrong answer. It may be the operation of a preparatory step. */
  readonly operation: OperationId;
  /** The status of the wrong answer, or the status that the server should have returned. */
  readonly status: number;
  /** The sentence that describes the scenario. */
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
  /** The reason why the scenario was not played. */
  readonly reason?: string;
  readonly violations: readonly ReportedViolation[];
  /** All exchanges of the scenario in chronological order, without those of the cleanup. */
  readonly exchanges: readonly Exchange[];
  readonly milliseconds: number;
}

/** The options for generated requests. */
export interface Generation {
  /** The total number of generated requests for all operations. */
  readonly requests: number;
  /** The seed of the generator. The same seed generates the same requests. */
  readonly seed: number;
  /** The path of a counterexample, from a report. If it is given, only that request is sent again. */
  readonly path?: string;
}

/** The result of a run. */
export interface Run {
  /** The prefix in the names of all profiles that the run created. */
  readonly prefix: string;
  readonly baseUrl: string;
  readonly verdicts: readonly Verdict[];
  readonly violations: readonly ReportedViolation[];
  readonly coverage: Coverage;
  /** Undefined if the run generated no requests. */
  readonly generation: Generation | undefined;
  /** The ids of profiles that could not be deleted. */
  readonly left: readonly string[];
  /** Whether a signal stopped the run before all scenarios were played. */
  readonly stopped: boolean;
}
