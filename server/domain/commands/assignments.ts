/**
 * The rules of assignments, as commands for a store. If several errors apply, the contract says which one is returned.
 */
import type { assignmentUpsert } from "../../../generated/api.d.ts";
import {
  assignmentNotFound,
  type Conflict,
  type Invalid,
  type NotFound,
  type PreconditionFailed,
  profileNotFound,
  targetTaken,
} from "../errors.ts";
import { isSameJson } from "../json.ts";
import type { Assignment } from "../model.ts";
import { failedPrecondition, type Preconditions } from "../preconditions.ts";
import { accept, type Command, type Decision, refuse, type State } from "../store.ts";
import { filterError, identityOf, mergeTarget, type TargetInput, withCurrentKey } from "../targets.ts";
import { type AssignmentIds, storedIds } from "./assignmentIds.ts";

type UpdateError = Invalid | NotFound | Conflict | PreconditionFailed;

/** Assigns callers' ids to assignments. The default are the stored ids. */
interface WithIds {
  readonly ids?: AssignmentIds;
}

export interface CreateAssignment extends WithIds {
  readonly profileId: string;
  readonly target: TargetInput;
  /** Makes the id of the assignment. */
  readonly newId: () => string;
}

/** Assigns a profile to a target that it does not have yet. Contract: `createAssignment`. */
export function createAssignment(request: CreateAssignment): Command<Assignment, NotFound | Conflict> {
  const { profileId, target, newId, ids = storedIds } = request;
  const identities = ids.rivals(target);
  return {
    loads: { profileId, targetIdentities: identities },
    decide: ({ profileExists, holders }) => {
      if (!profileExists) return refuse(profileNotFound(profileId));
      const holder = holderOf(identities, holders);
      if (holder) return refuse(targetTaken(ids.shown(profileId, holder).id));
      return insertAssignment(profileId, { id: newId(), target: mergeTarget(target), version: 1 });
    },
  };
}

export interface UpdateAssignment extends WithIds {
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

export interface FindAssignment extends WithIds {
  readonly profileId: string;
  readonly assignmentId: string;
}

/** Reads an assignment, without changes. Contract: `getAssignment`. */
export function findAssignment(request: FindAssignment): Command<Assignment | undefined, never> {
  const { profileId, assignmentId, ids = storedIds } = request;
  return {
    loads: { profileId, ...ids.loads(profileId, assignmentId) },
    decide: (state) => accept(ids.find(profileId, assignmentId, state)),
  };
}

export interface DeleteAssignment extends WithIds {
  readonly profileId: string;
  readonly assignmentId: string;
  readonly preconditions: Preconditions;
}

/** Contract: `deleteAssignment`. */
export function deleteAssignment(request: DeleteAssignment): Command<undefined, NotFound | PreconditionFailed> {
  const { profileId, assignmentId, preconditions, ids = storedIds } = request;
  return {
    loads: { profileId, ...ids.loads(profileId, assignmentId) },
    decide: (state) => {
      if (!state.profileExists) return refuse(profileNotFound(profileId));
      const assignment = ids.find(profileId, assignmentId, state);
      if (!assignment) return refuse(assignmentNotFound(assignmentId, "assignmentId"));
      const error = failedPrecondition(preconditions, assignment);
      if (error) return refuse(error);
      return accept(undefined, { kind: "deleteAssignment", profileId, assignmentId: assignment.id });
    },
  };
}

/** @param blame the part of the request that contains the id, for the error. */
function mergeById(request: UpdateAssignment, blame: "assignmentId" | "id"): Command<Assignment, UpdateError> {
  const { profileId, assignmentId, target, preconditions, ids = storedIds } = request;
  const identities = target ? ids.rivals(target) : [];
  const { assignmentIds = [], targetIdentities = [] } = ids.loads(profileId, assignmentId);
  return {
    loads: { profileId, assignmentIds, targetIdentities: [...targetIdentities, ...identities] },
    decide: (state) => {
      if (!state.profileExists) return refuse(profileNotFound(profileId));
      const assignment = ids.find(profileId, assignmentId, state);
      if (!assignment) return refuse(assignmentNotFound(assignmentId, blame));
      const merged = target ? mergeTarget(target, assignment.target) : assignment.target;
      const error = filterError(merged) ?? failedPrecondition(preconditions, assignment);
      if (error) return refuse(error);
      const holder = holderOf(identities, state.holders, assignment);
      if (holder) return refuse(targetTaken(ids.shown(profileId, holder).id));
      return saveTarget(profileId, assignment, merged);
    },
  };
}

/** Finds another assignment than the given one that has one of the identities. */
function holderOf(
  identities: readonly string[],
  holders: State["holders"],
  assignment?: Assignment,
): Assignment | undefined {
  return identities
    .map((identity) => holders.get(identity))
    .find((holder) => holder !== undefined && holder.id !== assignment?.id);
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
