/** What is said of a server. */
import type { OperationId } from "../../client/index.ts";
import type { Exchange } from "../server/exchange.ts";
import type { Coverage } from "./coverage.ts";
import type { Fault } from "./judge.ts";

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

/** What a run generates. */
export interface Generation {
  /** The number of requests, over all operations. */
  readonly requests: number;
  /** The same seed generates the same requests. */
  readonly seed: number;
  /** The path of a counterexample, from a report: only this request is sent again. */
  readonly path?: string;
}

/** What a run found. */
export interface Run {
  /** What the names of everything it made begin with. */
  readonly prefix: string;
  readonly baseUrl: string;
  readonly verdicts: readonly Verdict[];
  readonly violations: readonly Violation[];
  readonly coverage: Coverage;
  /** What was generated, if anything was. */
  readonly generation: Generation | undefined;
  /** Ids of profiles that could not be deleted. */
  readonly left: readonly string[];
  /** Whether it was stopped before its end. */
  readonly stopped: boolean;
}
