/**
 * The types of scenarios. Scenarios are data without functions, so that they are easy to read, a report can print them, and
 * `--dry-run` can list them without sending requests.
 *
 * A string may contain references. `{profile.id}` is the `id` in the answer to the earlier step named `profile`,
 * `{answer.headers.etag}` is a response header, and `{answer.status}` is the status. A string that consists of a single
 * reference is replaced by the referenced value, which may have any type. `{run}` is the prefix of all names in this run,
 * `{unique}` is a new string on each use, `{key}` is the same string throughout the scenario, and `{now}` is the scenario's
 * start as an HTTP date.
 */
import type { OperationId, Status } from "../../../client/index.ts";

/**
 * The caller of a request. `full` (the default) has all permissions, `reader` has only read permissions, `powerless` has a
 * token without permissions, `stranger` has all permissions in another tenant, `nonsense` has a token that is not a JWT,
 * and `anonymous` sends no token.
 */
export type Caller = "full" | "reader" | "powerless" | "stranger" | "nonsense" | "anonymous";

/** The contents of a request. The path parameters default to `{profile.id}` and `{assignment.id}`. */
export interface RequestSpec {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body, which is sent as JSON. */
  readonly body?: unknown;
  /** A body that is sent unchanged, because it is not JSON. */
  readonly text?: string;
  /** The size of the body in bytes. It is filled with the letter `a`. */
  readonly bytes?: number;
  readonly caller?: Caller;
}

/** A request to an operation. The server must answer with `status`, which defaults to the operation's first 2xx status. */
export interface Call extends RequestSpec {
  readonly operation: OperationId;
  readonly status?: number;
  /** The name by which references refer to the answer. */
  readonly as?: string;
}

/** A GET request to an absolute URL that the server returned in `Location` or `@odata.nextLink`. */
export interface Follow {
  readonly follow: string;
  readonly as?: string;
}

export type Step = Call | Follow;

/** A condition that the schemas do not express. `text` is a string with references, and `list` is a reference to an array. */
export type Expectation =
  /** The two values are equal, except for the members in `but`. */
  | { readonly same: readonly [text: unknown, text: unknown]; readonly but?: readonly string[] }
  | { readonly different: readonly [text: unknown, text: unknown] }
  | { readonly matches: readonly [text: string, pattern: string] }
  /** The referenced member is absent. */
  | { readonly absent: string }
  /** The list is sorted by the member `by`, ascending unless `descending` is true. */
  | { readonly ordered: string; readonly by: string; readonly descending?: boolean }
  /** In at least one element, the member has the value. */
  | { readonly has: readonly [list: string, member: string, value: unknown] }
  /** In no element does the member have the value. */
  | { readonly lacks: readonly [list: string, member: string, value: unknown] }
  /** The list is not empty, and in every element the member has the value. */
  | { readonly all: readonly [list: string, member: string, value: unknown] }
  /** The first value is the number of elements in the list. */
  | { readonly counts: readonly [text: unknown, list: string] }
  /** The two lists have no element with the same `id`. */
  | { readonly apart: readonly [list: string, list: string] };

export interface Scenario extends RequestSpec {
  /** The predicate of a sentence that begins with the operation and the status, such as "createProfile 201 …". */
  readonly title: string;
  /** The preparatory steps, which replace those of the operation. */
  readonly given?: readonly Step[];
  readonly after?: readonly Step[];
  readonly expect?: readonly Expectation[];
  /** The values of `{each}`. The scenario is played once for each of them. */
  readonly each?: readonly string[];
  /** The scenario needs an injected fault, and therefore a service with controls. */
  readonly provoked?: true;
  /**
   * Marks a scenario of behaviour that this contract decides, because Microsoft Graph's behaviour is not publicly
   * documented. The mark is not needed if the contract marks the answer or the query option with `x-evidence`.
   */
  readonly evidence?: "decision";
  /** The only profile with which the scenario is played. Default: every profile. */
  readonly only?: Extract<Profile, "graph">;
}

/**
 * How a server is checked. `contract`: it must follow every rule of this contract. `graph`: it need not follow this contract's
 * decisions, may lack what the contract marks with `x-strict: absent`, and must refuse the operations with `x-strict: refused`.
 */
export type Profile = "contract" | "graph";

/** The statuses whose scenarios are the same for every operation. They are in common.ts. */
export type CommonStatus = 401 | 403 | 413 | 415 | 429 | 500 | 503;

type Scenarios = readonly [Scenario, ...Scenario[]];

/**
 * The scenarios of an operation by status. If a declared status has no scenario, the code does not compile. The operation's
 * request and steps are the defaults for each scenario. Without any overrides they must lead to a 2xx answer.
 */
export interface OperationScenarios<Op extends OperationId> extends RequestSpec {
  readonly given?: readonly Step[];
  readonly scenarios: { readonly [S in Exclude<Status<Op>, CommonStatus>]: Scenarios } & {
    /** Scenarios in addition to those in common.ts. */
    readonly [S in Extract<Status<Op>, CommonStatus>]?: Scenarios;
  };
}
