/**
 * The words scenarios are written in. They are data: nothing here is a function, so that a person can read what is asked
 * and what must hold, a report can print it, and a program can list it without sending anything.
 *
 * A text may hold references: `{profile.id}` is the `id` in the answer that a step before called `profile`,
 * `{answer.headers.etag}` a header, `{answer.status}` the status. A text that is one reference and nothing else takes its
 * value, whatever type it has. `{run}` is the prefix of every name this run makes, `{unique}` is another text each time;
 * `{key}` is one that the scenario has for itself, `{now}` the time at which it began, as HTTP writes it.
 */
import type { OperationId, Status } from "../../../client/index.ts";

/**
 * Who asks: `full` may do everything (the default), `reader` may only read, `powerless` has a token without any of the
 * permissions, `stranger` may do everything in another tenant, `nonsense` has a token that is none, `nobody` has none.
 */
export type Caller = "full" | "reader" | "powerless" | "stranger" | "nonsense" | "nobody";

/** A request. What is left out of a path is `{profile.id}` and `{assignment.id}`. */
export interface Asked {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of a body: for what is no JSON. */
  readonly text?: string;
  /** So many bytes of filler in place of a body. */
  readonly bytes?: number;
  readonly caller?: Caller;
}

/** A request of an operation. It must be answered with `status`; by default with the operation's first success. */
export interface Call extends Asked {
  readonly operation: OperationId;
  readonly status?: number;
  /** What its answer is called from here on. */
  readonly as?: string;
}

/** A GET of an absolute URL that the server gave: a `Location`, an `@odata.nextLink`. */
export interface Follow {
  readonly follow: string;
  readonly as?: string;
}

export type Step = Call | Follow;

/** What must hold beyond the schema. `text` stands for a text with references, `list` for one that leads to an array. */
export type Expectation =
  /** Both are equal, but for the members named in `but`. */
  | { readonly same: readonly [text: unknown, text: unknown]; readonly but?: readonly string[] }
  | { readonly different: readonly [text: unknown, text: unknown] }
  | { readonly matches: readonly [text: string, pattern: string] }
  /** The member isn't there. */
  | { readonly absent: string }
  /** Elements stand in the order of a member, the smallest first. */
  | { readonly ordered: string; readonly by: string; readonly descending?: boolean }
  /** Some element has this value in this member. */
  | { readonly has: readonly [list: string, member: string, value: unknown] }
  /** No element has. */
  | { readonly lacks: readonly [list: string, member: string, value: unknown] }
  /** Every element has, and there is one. */
  | { readonly all: readonly [list: string, member: string, value: unknown] }
  /** The list has so many elements. */
  | { readonly counts: readonly [text: unknown, list: string] }
  /** No element is in both lists, told apart by `id`. */
  | { readonly apart: readonly [list: string, list: string] };

export interface Scenario extends Asked {
  /** What it shows, as a sentence that begins with the operation: "createProfile 201 …". */
  readonly title: string;
  /** In place of the operation's own. */
  readonly given?: readonly Step[];
  readonly after?: readonly Step[];
  readonly expect?: readonly Expectation[];
  /** The scenario is played once for each value, which `{each}` stands for. */
  readonly each?: readonly string[];
  /** The server has to be made to answer this; only one that is under control can be. */
  readonly provoked?: true;
  /**
   * The rule is a Decision of the contract: the public record is silent. What the contract itself marks with
   * `x-evidence` (an answer, a query option) need not be marked again.
   */
  readonly evidence?: "decision";
}

/** What every operation answers for the same reasons: scenarios/common.ts. */
export type CommonStatus = 401 | 403 | 413 | 415 | 429 | 500 | 503;

type Scenarios = readonly [Scenario, ...Scenario[]];

/**
 * The scenarios of an operation, by status: a status that the contract declares and that has none doesn't compile. What
 * the operation itself asks for, its request and what has to be there before, is what each scenario has in place of what
 * it leaves out. It is one that is answered with a success.
 */
export interface OperationScenarios<Op extends OperationId> extends Asked {
  readonly given?: readonly Step[];
  readonly scenarios: { readonly [S in Exclude<Status<Op>, CommonStatus>]: Scenarios } & {
    /** In addition to the common ones. */
    readonly [S in Extract<Status<Op>, CommonStatus>]?: Scenarios;
  };
}
