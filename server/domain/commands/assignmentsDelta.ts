/**
 * The command that writes many assignments of a profile. Each item sees the changes of the items before it. If one item
 * fails, nothing is written.
 */
import type { Conflict, Invalid, NotFound, PreconditionFailed } from "../errors.ts";
import type { Assignment } from "../model.ts";
import { accept, type Change, type Command, type Decision, refuse, type State } from "../store.ts";
import { identityOf } from "../targets.ts";
import { type AssignmentInput, deleteAssignment, updateAssignments } from "./assignments.ts";

export type DeltaItem =
  | { readonly kind: "write"; readonly input: AssignmentInput }
  /** Also succeeds if the assignment does not exist, so that the request can be repeated. */
  | { readonly kind: "remove"; readonly id: string };

/** The result of an item. */
export type DeltaResult =
  | { readonly kind: "written"; readonly assignment: Assignment }
  | { readonly kind: "removed"; readonly id: string };

export interface UpdateAssignmentsDelta {
  readonly profileId: string;
  readonly items: readonly DeltaItem[];
  readonly newId: () => string;
}

type DeltaError = Invalid | NotFound | Conflict | PreconditionFailed;

/** Returns one result for each item, in the same order. Contract: `updateAssignments` in openapi.yaml, 5. */
export function updateAssignmentsDelta(request: UpdateAssignmentsDelta): Command<readonly DeltaResult[], DeltaError> {
  const { profileId, items, newId } = request;
  const commands = items.map((item) => commandOf(item, profileId, newId));
  return {
    loads: {
      profileId,
      assignmentIds: commands.flatMap(({ loads }) => (loads.order ? [] : (loads.assignmentIds ?? []))),
      targetIdentities: commands.flatMap(({ loads }) => (loads.order ? [] : (loads.targetIdentities ?? []))),
    },
    decide: (state) => decideAll(commands, state),
  };
}

function commandOf(item: DeltaItem, profileId: string, newId: () => string): Command<DeltaResult, DeltaError> {
  if (item.kind === "write") {
    const { loads, decide } = updateAssignments({ profileId, input: item.input, preconditions: {}, newId });
    return { loads, decide: (state) => mapValue(decide(state), (assignment) => ({ kind: "written", assignment })) };
  }
  const removed: DeltaResult = { kind: "removed", id: item.id };
  const { loads, decide } = deleteAssignment({ profileId, assignmentId: item.id, preconditions: {} });
  return {
    loads,
    decide: (state) => {
      if (state.profileExists && !state.assignments.has(item.id)) return accept(removed);
      return mapValue(decide(state), () => removed);
    },
  };
}

function mapValue<Value, Result, ItemError extends DeltaError>(
  { outcome, changes }: Decision<Value, ItemError>,
  resultOf: (value: Value) => Result,
): Decision<Result, ItemError> {
  return outcome.ok ? accept(resultOf(outcome.value), ...changes) : refuse(outcome.error);
}

function decideAll(
  commands: readonly Command<DeltaResult, DeltaError>[],
  loaded: State,
): Decision<readonly DeltaResult[], DeltaError> {
  const assignments = new Map(loaded.assignments);
  const holders = new Map(loaded.holders);
  const state = { ...loaded, assignments, holders };
  const changes: Change[] = [];
  const results: DeltaResult[] = [];
  for (const [index, { decide }] of commands.entries()) {
    const decision = decide(state);
    if (!decision.outcome.ok) return refuse(blameItem(decision.outcome.error, index));
    results.push(decision.outcome.value);
    changes.push(...decision.changes);
    for (const change of decision.changes) applyChange(change, assignments, holders);
  }
  return accept(results, ...changes);
}

/** Adds the item's index to an error, unless the error is about the profile id in the path. */
function blameItem(error: DeltaError, index: number): DeltaError {
  if (error.target === "profileId") return error;
  const target = error.target === "assignmentId" ? "id" : error.target;
  return { ...error, target: `value[${index}].${target}`, message: `value[${index}]: ${error.message}` };
}

/** Updates both maps to the state that a store would load after the change. */
function applyChange(change: Change, assignments: Map<string, Assignment>, holders: Map<string, Assignment>): void {
  const id = "assignment" in change ? change.assignment.id : "assignmentId" in change ? change.assignmentId : undefined;
  for (const [identity, holder] of holders) if (holder.id === id) holders.delete(identity);
  if ("assignment" in change) {
    assignments.set(change.assignment.id, change.assignment);
    holders.set(identityOf(change.assignment.target), change.assignment);
  } else if (id !== undefined) {
    assignments.delete(id);
  }
}
