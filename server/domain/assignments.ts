/** The rules of assignments, as commands for a store. Errors come in the order the contract gives. */
import {
  assignmentNotFound,
  type Conflict,
  type Invalid,
  invalid,
  type NotFound,
  type PreconditionFailed,
  profileNotFound,
  targetTaken,
} from "./errors.ts";
import type { Assignment } from "./model.ts";
import { failedPrecondition, type Preconditions } from "./preconditions.ts";
import { accept, type Command, type Decision, refuse } from "./store.ts";
import {
  filterFault,
  filterFaultOfInput,
  identityOf,
  mergeTarget,
  sameTarget,
  type TargetInput,
  withKeyOf,
} from "./targets.ts";

type Failure = Invalid | NotFound | Conflict | PreconditionFailed;

export interface CreateAssignment {
  readonly profileId: string;
  readonly target: TargetInput;
  /** Makes the id the assignment gets. */
  readonly newId: () => string;
}

/** Assigns a profile to a target that it doesn't have yet. Contract: `createAssignment`. */
export function createAssignment(request: CreateAssignment): Command<Assignment, Invalid | NotFound | Conflict> {
  const { profileId, target, newId } = request;
  const identity = identityOf(target);
  return {
    loads: { profileId, targetIdentities: [identity] },
    decide: ({ profileExists, holders }) => {
      // A new assignment has no filter to inherit, so what is wrong here is wrong whatever the state: before the 404.
      const merged = mergeTarget(target);
      const fault = filterFault(merged);
      if (fault) return refuse(fault);
      if (!profileExists) return refuse(profileNotFound(profileId));
      const holder = holders.get(identity);
      if (holder) return refuse(targetTaken(holder.id));
      return insert(profileId, { id: newId(), target: merged, version: 1 });
    },
  };
}

export interface UpdateAssignment {
  readonly profileId: string;
  readonly assignmentId: string;
  readonly target: TargetInput | undefined;
  readonly preconditions: Preconditions;
}

/** Merges into the assignment that the path names. Contract: `updateAssignment`. */
export function updateAssignment(request: UpdateAssignment): Command<Assignment, Failure> {
  return mergeById(request, "assignmentId");
}

export interface UpdateAssignments {
  readonly profileId: string;
  /** The assignment to update; undefined: the one with the same target, or a new one. */
  readonly id: string | undefined;
  readonly target: TargetInput | undefined;
  readonly preconditions: Preconditions;
  /** Makes the id a new assignment gets. */
  readonly newId: () => string;
}

/**
 * The collection PATCH this API began with: safe to repeat, never deletes, never touches another assignment.
 * Contract: `updateAssignments` in openapi.yaml, 1 to 4.
 */
export function updateAssignments(request: UpdateAssignments): Command<Assignment, Failure> {
  const { profileId, id, target, preconditions, newId } = request;
  if (id !== undefined) return mergeById({ profileId, assignmentId: id, target, preconditions }, "id");
  if (target === undefined) return { loads: {}, decide: () => refuse(targetMissing) };
  const identity = identityOf(target);
  return {
    loads: { profileId, targetIdentities: [identity] },
    decide: ({ profileExists, holders }) => {
      const inputFault = filterFaultOfInput(target);
      if (inputFault) return refuse(inputFault);
      if (!profileExists) return refuse(profileNotFound(profileId));
      const holder = holders.get(identity);
      const merged = holder ? mergeTarget(withKeyOf(target, holder.target), holder.target) : mergeTarget(target);
      const fault = filterFault(merged) ?? failedPrecondition(preconditions, holder);
      if (fault) return refuse(fault);
      if (holder) return update(profileId, holder, merged);
      return insert(profileId, { id: newId(), target: merged, version: 1 });
    },
  };
}

const targetMissing = invalid("target", "target is missing; without an id it says which assignment is meant.");

/** What is wrong with the request of an update whatever the state, if something is. */
export function inputFault({ id, target }: Pick<UpdateAssignments, "id" | "target">): Invalid | undefined {
  if (target === undefined) return id === undefined ? targetMissing : undefined;
  return filterFaultOfInput(target);
}

export interface DeleteAssignment {
  readonly profileId: string;
  readonly assignmentId: string;
  readonly preconditions: Preconditions;
}

/** Contract: `deleteAssignment`. */
export function deleteAssignment(request: DeleteAssignment): Command<undefined, NotFound | PreconditionFailed> {
  const { profileId, assignmentId, preconditions } = request;
  return {
    loads: { profileId, assignmentIds: [assignmentId] },
    decide: ({ profileExists, assignments }) => {
      if (!profileExists) return refuse(profileNotFound(profileId));
      const assignment = assignments.get(assignmentId);
      if (!assignment) return refuse(assignmentNotFound(assignmentId, "assignmentId"));
      const fault = failedPrecondition(preconditions, assignment);
      if (fault) return refuse(fault);
      return accept(undefined, { kind: "deleteAssignment", profileId, assignmentId });
    },
  };
}

/** @param blame where the caller put the id. */
function mergeById(request: UpdateAssignment, blame: "assignmentId" | "id"): Command<Assignment, Failure> {
  const { profileId, assignmentId, target, preconditions } = request;
  const identity = target && identityOf(target);
  return {
    loads: { profileId, assignmentIds: [assignmentId], targetIdentities: identity === undefined ? [] : [identity] },
    decide: ({ profileExists, assignments, holders }) => {
      const inputFault = target && filterFaultOfInput(target);
      if (inputFault) return refuse(inputFault);
      if (!profileExists) return refuse(profileNotFound(profileId));
      const assignment = assignments.get(assignmentId);
      if (!assignment) return refuse(assignmentNotFound(assignmentId, blame));
      const merged = target ? mergeTarget(target, assignment.target) : assignment.target;
      const fault = filterFault(merged) ?? failedPrecondition(preconditions, assignment);
      if (fault) return refuse(fault);
      const holder = identity === undefined ? undefined : holders.get(identity);
      if (holder && holder.id !== assignment.id) return refuse(targetTaken(holder.id));
      return update(profileId, assignment, merged);
    },
  };
}

function insert(profileId: string, assignment: Assignment): Decision<Assignment, never> {
  return accept(assignment, { kind: "insertAssignment", profileId, assignment });
}

/** A change of nothing writes nothing: the entity tag stays. */
function update(profileId: string, current: Assignment, target: Assignment["target"]): Decision<Assignment, never> {
  if (sameTarget(current.target, target)) return accept(current);
  const assignment = { id: current.id, target, version: current.version + 1 };
  const isSameIdentity = identityOf(current.target) === identityOf(target);
  const kind = isSameIdentity ? "updateAssignment" : "retargetAssignment";
  return accept(assignment, { kind, profileId, assignment });
}
