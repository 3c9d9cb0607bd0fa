/**
 * The language of scenarios. Scenarios are data without functions, so that a reader understands them, a report can print them, and
 * `--dry-run` can list them without a request.
 *
 * A text may contain references. `{profile.id}` is the `id` in the answer of the earlier step named `profile`,
 * `{answer.headers.etag}` is a header, and `{answer.status}` is the status. A text that consists of one reference becomes the
 * value, which may have any type. `{run}` is the prefix of all names in this run, `{unique}` is a new text each time, `{key}` is one
 * text for the whole scenario, and `{now}` is the time of its start in the format of HTTP.
 */
import type { OperationId, Status } from "../../../client/index.ts";

/**
 * The caller of a request. `full` has all permissions (the default), `reader` may only read, `powerless` has a token without
 * permissions, `stranger` has all permissions in another tenant, the token of `nonsense` is not a JWT, and `anonymous` sends no token.
 */
export type Caller = "full" | "reader" | "powerless" | "stranger" | "nonsense" | "anonymous";

/** The parts of a request. The defaults of the path parameters are `{profile.id}` and `{assignment.id}`. */
export interface RequestSpec {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** A body that is sent unchanged, because it is not JSON. */
  readonly text?: string;
  /** The size of a body of filler bytes. */
  readonly bytes?: number;
  readonly caller?: Caller;
}

/** A request of an operation. The server must answer with `status`; the default is the first success status of the operation. */
export interface Call extends RequestSpec {
  readonly operation: OperationId;
  readonly status?: number;
  /** The name of its answer in references. */
  readonly as?: string;
}

/** A GET of an absolute URL from the server: a `Location` or an `@odata.nextLink`. */
export interface Follow {
  readonly follow: string;
  readonly as?: string;
}

export type Step = Call | Follow;

/** A condition beyond the schemas. `text` is a text with references, and `list` is a reference to an array. */
export type Expectation =
  /** Both values are equal, except for the members in `but`. */
  | { readonly same: readonly [text: unknown, text: unknown]; readonly but?: readonly string[] }
  | { readonly different: readonly [text: unknown, text: unknown] }
  | { readonly matches: readonly [text: string, pattern: string] }
  /** The member is absent. */
  | { readonly absent: string }
  /** The elements are ordered by a member, by default ascending. */
  | { readonly ordered: string; readonly by: string; readonly descending?: boolean }
  /** At least one element has this value in this member. */
  | { readonly has: readonly [list: string, member: string, value: unknown] }
  /** No element has this value in this member. */
  | { readonly lacks: readonly [list: string, member: string, value: unknown] }
  /** The list is not empty, and every element has this value in this member. */
  | { readonly all: readonly [list: string, member: string, value: unknown] }
  /** The list has this number of elements. */
  | { readonly counts: readonly [text: unknown, list: string] }
  /** No element is in both lists. Elements are compared by `id`. */
  | { readonly apart: readonly [list: string, list: string] };

export interface Scenario extends RequestSpec {
  /** The rest of a sentence that begins with operation and status: "createProfile 201 …". */
  readonly title: string;
  /** Replaces the steps of the operation. */
  readonly given?: readonly Step[];
  readonly after?: readonly Step[];
  readonly expect?: readonly Expectation[];
  /** The scenario is played once for each value of `{each}`. */
  readonly each?: readonly string[];
  /** The answer needs an injected fault, and so a service with controls. */
  readonly provoked?: true;
  /**
   * The scenario tests a decision of this contract, for which there is no public record. If the contract marks the answer or the
   * query option with `x-evidence`, the scenario need not repeat it.
   */
  readonly evidence?: "decision";
}

/** Statuses whose scenarios are the same for every operation (common.ts). */
export type CommonStatus = 401 | 403 | 413 | 415 | 429 | 500 | 503;

type Scenarios = readonly [Scenario, ...Scenario[]];

/**
 * The scenarios of an operation by status. A declared status without a scenario does not compile. The request and the steps of the
 * operation are the defaults of each scenario. Together they must lead to a success.
 */
export interface OperationScenarios<Op extends OperationId> extends RequestSpec {
  readonly given?: readonly Step[];
  readonly scenarios: { readonly [S in Exclude<Status<Op>, CommonStatus>]: Scenarios } & {
    /** In addition to the scenarios in common.ts. */
    readonly [S in Extract<Status<Op>, CommonStatus>]?: Scenarios;
  };
}
