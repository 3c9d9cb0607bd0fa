/** Converts scenarios to plays: fills in all defaults, and makes one play for each value of `each`. */
import type { OperationId } from "../../client/index.ts";
import { scenarios } from "../scenarios/all.ts";
import { common } from "../scenarios/language/common.ts";
import type { Call, Profile, RequestSpec, Scenario, Step } from "../scenarios/language/scenario.ts";
import { getOperation, operations } from "../server/contract.ts";

/** A scenario with all defaults filled in. */
export interface Play {
  readonly operation: OperationId;
  /** The status that the server must answer with. */
  readonly status: number;
  /** The predicate of a sentence whose subject is the operation. */
  readonly title: string;
  readonly given: readonly Step[];
  readonly request: Call;
  readonly scenario: Scenario;
  /** The value of the reference `{each}`. */
  readonly each: string | undefined;
}

/** Returns all plays of the profile, in the order of the contract. */
export function allPlays(profile: Profile = "contract"): Play[] {
  return playsOfAll().filter(({ operation, scenario }) => {
    const { isRefused } = getOperation(operation);
    return profile === "graph" ? isRefused === (scenario.only === "graph") : scenario.only === undefined;
  });
}

function playsOfAll(): Play[] {
  return [...operations.values()].flatMap(({ operationId, responses }) => {
    const own = scenarios[operationId];
    const commonScenarios: Readonly<Record<string, readonly Scenario[]>> = common;
    const ownScenarios: Readonly<Record<string, readonly Scenario[]>> = own.scenarios;
    return [...responses.keys()].flatMap((status) =>
      [...(commonScenarios[status] ?? []), ...(ownScenarios[status] ?? [])].flatMap((scenario) =>
        (scenario.each ?? [undefined]).map((each) => ({
          operation: operationId,
          status,
          title: each === undefined ? scenario.title : scenario.title.replaceAll("{each}", each),
          given: scenario.given ?? own.given ?? [],
          request: { ...mergeRequest(own, scenario), operation: operationId, status, as: "answer" },
          scenario,
          each,
        })),
      ),
    );
  });
}

/** Overrides the operation's default request with the scenario's. `body`, `text` and `bytes` replace the default body. */
function mergeRequest(own: RequestSpec, scenario: RequestSpec): RequestSpec {
  const { body, text, bytes } = scenario;
  const hasContent = [body, text, bytes].some((one) => one !== undefined);
  return withoutUndefined({
    path: scenario.path ?? own.path,
    query: scenario.query ?? own.query,
    headers: scenario.headers ?? own.headers,
    caller: scenario.caller ?? own.caller,
    body: hasContent ? body : own.body,
    text,
    bytes,
  });
}

/** Returns a copy of the request without undefined members. */
function withoutUndefined(spec: { readonly [Key in keyof RequestSpec]: RequestSpec[Key] | undefined }): RequestSpec {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
}

/** Lists the steps of a play in the order in which they are sent. */
export function listSteps({ given, request, scenario }: Play): readonly Step[] {
  return [...given, request, ...(scenario.after ?? [])];
}
