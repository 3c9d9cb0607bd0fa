/** Many assignments of a profile in one decision: each item sees what those before it did, and one refusal undoes all. */
import { deleteAssignment, inputFault, updateAssignments } from "./assignments.ts";
import type { Conflict, Invalid, NotFound, PreconditionFailed } from "./errors.ts";
import type { Assignment } from "./model.ts";
import { accept, type Change, type Command, type Decision, refuse, type State } from "./store.ts";
import { identityOf, type TargetInput } from "./targets.ts";

export type DeltaItem =
  | { readonly kind: "write"; readonly id: string | undefined; readonly target: TargetInput | undefined }
  /** There need not be one: a repeat succeeds. */
  | { readonly kind: "remove"; readonly id: string };

/** What became of an item. */
export type DeltaResult =
  | { readonly kind: "written"; readonly assignment: Assignment }
  | { readonly kind: "removed"; readonly id: string };

export interface UpdateAssignmentsDelta {
  readonly profileId: string;
  readonly items: readonly DeltaItem[];
  readonly newId: () => string;
}

type Failure = Invalid | NotFound | Conflict | PreconditionFailed;

/** Contract: `updateAssignments` in openapi.yaml, 5. The results are in the order of the items. */
export function updateAssignmentsDelta(request: UpdateAssignmentsDelta): Command<readonly DeltaResult[], Failure> {
  const { profileId, items, newId } = request;
  const commands = items.map((item) => commandOf(item, profileId, newId));
  const fault = faultOf(items);
  return {
    loads: {
      profileId,
      assignmentIds: commands.flatMap(({ loads }) => (loads.order ? [] : (loads.assignmentIds ?? []))),
      targetIdentities: commands.flatMap(({ loads }) => (loads.order ? [] : (loads.targetIdentities ?? []))),
    },
    decide: (state) => (fault ? refuse(fault) : decideAll(commands, state)),
  };
}

/** What is wrong whatever the state comes before what the state says, also if it stands further behind. */
function faultOf(items: readonly DeltaItem[]): Failure | undefined {
  for (const [index, item] of items.entries()) {
    if (item.kind === "remove") continue;
    const fault = inputFault(item);
    if (fault) return blamed(fault, index);
  }
  return undefined;
}

function commandOf(item: DeltaItem, profileId: string, newId: () => string): Command<DeltaResult, Failure> {
  if (item.kind === "write") {
    const { loads, decide } = updateAssignments({
      profileId,
      id: item.id,
      target: item.target,
      preconditions: {},
      newId,
    });
    return { loads, decide: (state) => resulting(decide(state), (assignment) => ({ kind: "written", assignment })) };
  }
  const removed: DeltaResult = { kind: "removed", id: item.id };
  const { loads, decide } = deleteAssignment({ profileId, assignmentId: item.id, preconditions: {} });
  return {
    loads,
    decide: (state) => {
      if (state.profileExists && !state.assignments.has(item.id)) return accept(removed);
      return resulting(decide(state), () => removed);
    },
  };
}

function resulting<Value, Result, Error extends Failure>(
  { outcome, changes }: Decision<Value, Error>,
  resultOf: (value: Value) => Result,
): Decision<Result, Error> {
  return outcome.ok ? accept(resultOf(outcome.value), ...changes) : refuse(outcome.error);
}

function decideAll(
  commands: readonly Command<DeltaResult, Failure>[],
  loaded: State,
): Decision<readonly DeltaResult[], Failure> {
  const assignments = new Map(loaded.assignments);
  const holders = new Map(loaded.holders);
  const state = { ...loaded, assignments, holders };
  const changes: Change[] = [];
  const results: DeltaResult[] = [];
  for (const [index, { decide }] of commands.entries()) {
    const decision = decide(state);
    if (!decision.outcome.ok) return refuse(blamed(decision.outcome.error, index));
    results.push(decision.outcome.value);
    changes.push(...decision.changes);
    for (const change of decision.changes) note(change, assignments, holders);
  }
  return accept(results, ...changes);
}

/** Says which item is to blame, unless it is the path. */
function blamed(error: Failure, index: number): Failure {
  if (error.target === "profileId") return error;
  const target = error.target === "assignmentId" ? "id" : error.target;
  return { ...error, target: `value[${index}].${target}`, message: `value[${index}]: ${error.message}` };
}

/** Keeps the maps as a store would load them after the change. */
function note(change: Change, assignments: Map<string, Assignment>, holders: Map<string, Assignment>): void {
  const id = "assignment" in change ? change.assignment.id : "assignmentId" in change ? change.assignmentId : undefined;
  for (const [identity, holder] of holders) if (holder.id === id) holders.delete(identity);
  if ("assignment" in change) {
    assignments.set(change.assignment.id, change.assignment);
    holders.set(identityOf(change.assignment.target), change.assignment);
  } else if (id !== undefined) {
    assignments.delete(id);
  }
}
