/** Creates a profile and an assignment for the generated requests. */
import type { OperationId } from "../../client/index.ts";
import { sendWithRetries } from "../playing/perform.ts";
import { group } from "../scenarios/language/given.ts";
import type { RequestSpec } from "../scenarios/language/scenario.ts";
import { buildRequest, type Exchange } from "../server/exchange.ts";
import type { FuzzContext } from "./generation.ts";

/** The test fixture: a profile and an assignment. Both are replaced after a write, so that each request finds the same state. */
export interface Fixture {
  /** The exchanges that created the entities. */
  readonly exchanges: readonly Exchange[];
  /** Creates the entities if they do not exist. @returns their ids by the names of path parameters. */
  ids(): Promise<Readonly<Record<string, string>>>;
  /** Marks the entities as changed, so that the next call to `ids` replaces them. */
  markChanged(): void;
  /** Deletes the profile and the assignment. */
  clear(): Promise<void>;
}

export function openFixture(context: FuzzContext): Fixture {
  const { target, cleanup, prefix } = context;
  let exchanges: Exchange[] = [];
  let ids: Readonly<Record<string, string>> | undefined;
  let isChanged = false;
  const create = async (operation: OperationId, spec: RequestSpec) => {
    const exchange = await sendWithRetries(buildRequest(target, operation, spec), false, context);
    cleanup.register(exchange);
    exchanges.push(exchange);
    return String(Object(exchange.answer?.body).id);
  };
  const clear = async () => {
    await cleanup.deleteRegistered();
    [exchanges, ids, isChanged] = [[], undefined, false];
  };
  return {
    get exchanges() {
      return exchanges;
    },
    async ids() {
      if (isChanged) await clear();
      if (ids === undefined) {
        const profileId = await create("createProfile", { body: { displayName: `${prefix}fixture` } });
        const assignmentId = await create("createAssignment", { path: { profileId }, body: { target: group } });
        ids = { profileId, assignmentId };
      }
      return ids;
    },
    markChanged() {
      isChanged = true;
    },
    clear,
  };
}
