/** The scenarios as they are played: each with its operation and status, whole, and once for each of its values. */
import type { OperationId } from "../../client/index.ts";
import { scenarios } from "../scenarios/all.ts";
import { common } from "../scenarios/language/common.ts";
import type { Asked, Call, Scenario, Step } from "../scenarios/language/scenario.ts";
import { operations } from "../server/contract.ts";

/** One scenario, ready to be played. */
export interface Play {
  readonly operation: OperationId;
  /** The status it must be answered with. */
  readonly status: number;
  /** A sentence, without its subject. */
  readonly title: string;
  readonly given: readonly Step[];
  readonly request: Call;
  readonly scenario: Scenario;
  /** What `{each}` stands for. */
  readonly each: string | undefined;
}

/** All of them, in the order of the contract. */
export function allPlays(): Play[] {
  return [...operations.values()].flatMap(({ operationId, responses }) => {
    const own = scenarios[operationId];
    const everybodys: Readonly<Record<string, readonly Scenario[]>> = common;
    const owns: Readonly<Record<string, readonly Scenario[]>> = own.scenarios;
    return [...responses.keys()].flatMap((status) =>
      [...(everybodys[status] ?? []), ...(owns[status] ?? [])].flatMap((scenario) =>
        (scenario.each ?? [undefined]).map((each) => ({
          operation: operationId,
          status,
          title: each === undefined ? scenario.title : scenario.title.replaceAll("{each}", each),
          given: scenario.given ?? own.given ?? [],
          request: { ...requestOf(own, scenario), operation: operationId, status, as: "answer" },
          scenario,
          each,
        })),
      ),
    );
  });
}

/** The operation's own request, with what the scenario says in its place. A body is what it says, whatever the kind. */
function requestOf(own: Asked, scenario: Asked): Asked {
  const { path, query, headers, body, text, bytes, caller } = scenario;
  const content = [body, text, bytes].some((one) => one !== undefined);
  return {
    ...picked({ path: own.path, query: own.query, headers: own.headers, caller: own.caller }),
    ...(content ? picked({ body, text, bytes }) : picked({ body: own.body })),
    ...picked({ path, query, headers, caller }),
  };
}

/** Without what is undefined. */
function picked(asked: { readonly [Key in keyof Asked]: Asked[Key] | undefined }): Asked {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}

/** All requests of a play in their order: what is listed without being sent. */
export function stepsOf({ given, request, scenario }: Play): readonly Step[] {
  return [...given, request, ...(scenario.after ?? [])];
}
