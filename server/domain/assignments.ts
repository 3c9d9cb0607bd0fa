/**
 * The rules of assignments, as commands for a store. If several errors apply, the contract says which one is returned.
 */
import type { assignmentUpsert } from "../../generated/api.d.ts";
import {
  assignmentNotFound,
  type Conflict,
  type Invalid,
  type NotFound,
  type PreconditionFailed,
  profileNotFound,
  targetTaken,
} from "./errors.ts";
import { isSameJson } from "./json.ts";
import type { Assignment } from "./model.ts";
import { failedPrecondition, type Preconditions } from "./preconditions.ts";
import { accept, type Command, type Decision, refuse } from "./store.ts";
import { filterError, identityOf, mergeTarget, type TargetInput, withCurrentKey } from "./targets.ts";

type UpdateError = Invalid | NotFound | Conflict | PreconditionFailed;

export interface CreateAssignment {
  readonly profileId: string;
  readonly target: TargetInput;
  /** Makes the id of the assignment. */
  readonly newId: () => string;
}

/** Assigns a profile to a target that it does not have yet. Contract: `createAssignment`. */
export function createAssignment(request: CreateAssignment): Command<Assignment, NotFound | Conflict> {
  const { profileId, target, newId } = request;
  const identity = identityOf(target);
  return {
    loads: { profileId, targetIdentities: [identity] },
    decide: ({ profileExists, holders }) => {
      if (!profileExists) return refuse(profileNotFound(profileId));
      const holder = holders.get(identity);
      if (holder) return refuse(targetTaken(holder.id));
      return insertAssignment(profileId, { id: newId(), target: mergeTarget(target), version: 1 });
    },
  };
}

export interface UpdateAssignment {
  readonly profileId: string;
  readonly assignmentId: string;
  readonly target: TargetInput | undefined;
  readonly preconditions: Preconditions;
}

/** Merges the target into the assignment whose id is in the path. Contract: `updateAssignment`. */
export function updateAssignment(request: UpdateAssignment): Command<Assignment, UpdateError> {
  return mergeById(request, "assignmentId");
}

/** An assignment to write. Without an id, the assignment with this target is updated, or a new one created. */
export type AssignmentInput = Readonly<assignmentUpsert>;

export interface UpdateAssignments {
  readonly profileId: string;
  readonly input: AssignmentInput;
  readonly preconditions: Preconditions;
  /** Makes the id of a new assignment. */
  readonly newId: () => string;
}

/**
 * The command for PATCH of the collection. It is safe to repeat, deletes nothing and changes only one assignment.
 * Contract: `updateAssignments` in openapi.yaml, 1 to 4.
 */
export function updateAssignments(request: UpdateAssignments): Command<Assignment, UpdateError> {
  const { profileId, input, preconditions, newId } = request;
  if ("id" in input) {
    return mergeById({ profileId, assignmentId: input.id, target: input.target, preconditions }, "id");
  }
  const { target } = input;
  const identity = identityOf(target);
  return {
    loads: { profileId, targetIdentities: [identity] },
    decide: ({ profileExists, holders }) => {
      if (!profileExists) return refuse(profileNotFound(profileId));
      const holder = holders.get(identity);
      const merged = holder ? mergeTarget(withCurrentKey(target, holder.target), holder.target) : mergeTarget(target);
      const error = filterError(merged) ?? failedPrecondition(preconditions, holder);
      if (error) return refuse(error);
      if (holder) return saveTarget(profileId, holder, merged);
      return insertAssignment(profileId, { id: newId(), target: merged, version: 1 });
    },
  };
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
      const error = failedPrecondition(preconditions, assignment);
      if (error) return refuse(error);
      return accept(undefined, { kind: "deleteAssignment", profileId, assignmentId });
    },
  };
}

/** @param blame the part of the request that contains the id, for the error. */
function mergeById(request: UpdateAssignment, blame: "assignmentId" | "id"): Command<Assignment, UpdateError> {
  const { profileId, assignmentId, target, preconditions } = request;
  const identities = target ? [identityOf(target)] : [];
  return {
    loads: { profileId, assignmentIds: [assignmentId], targetIdentities: identities },
    decide: ({ profileExists, assignments, holders }) => {
      if (!profileExists) return refuse(profileNotFound(profileId));
      const assignment = assignments.get(assignmentId);
      if (!assignment) return refuse(assignmentNotFound(assignmentId, blame));
      const merged = target ? mergeTarget(target, assignment.target) : assignment.target;
      const error = filterError(merged) ?? failedPrecondition(preconditions, assignment);
      if (error) return refuse(error);
      const holder = identities.map((identity) => holders.get(identity)).find((found) => found !== undefined);
      if (holder && holder.id !== assignment.id) return refuse(targetTaken(holder.id));
      return saveTarget(profileId, assignment, merged);
    },
  };
}

function insertAssignment(profileId: string, assignment: Assignment): Decision<Assignment, never> {
  return accept(assignment, { kind: "insertAssignment", profileId, assignment });
}

/** Writes nothing if the target has not changed, so that the entity tag stays the same. */
function saveTarget(profileId: string, current: Assignment, target: Assignment["target"]): Decision<Assignment, never> {
  if (isSameJson(current.target, target)) return accept(current);
  const assignment = { id: current.id, target, version: current.version + 1 };
  const isSameIdentity = identityOf(current.target) === identityOf(target);
  const kind = isSameIdentity ? "updateAssignment" : "retargetAssignment";
  return accept(assignment, { kind, profileId, assignment });
}
