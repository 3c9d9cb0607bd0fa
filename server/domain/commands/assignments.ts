/**
 * The rules of assignments, as commands for a store. If several errors apply, the contract says which one is returned.
 */

import {
  assignmentNotFound,
  type Conflict,
  type Invalid,
  invalid,
  type NotFound,
  type PreconditionFailed,
  profileNotFound,
  targetTaken,
} from "../errors.ts";
import { isSameJson } from "../json.ts";
import type { Assignment } from "../model.ts";
import { failedPrecondition, type Preconditions } from "../preconditions.ts";
import { accept, type Command, type Decision, refuse, type State } from "../store.ts";
import {
  filterError,
  filterErrorOfInput,
  identityOf,
  mergeTarget,
  type TargetInput,
  withCurrentKey,
} from "../targets.ts";
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
export function createAssignment(request: CreateAssignment): Command<Assignment, Invalid | NotFound | Conflict> {
  const { profileId, target, newId, ids = storedIds } = request;
  const identities = ids.rivals(target);
  return {
    loads: { profileId, targetIdentities: identities },
    decide: ({ profileExists, holders }) => {
      // A new assignment inherits no filter, so this error does not depend on the state. It comes before the 404.
      const merged = mergeTarget(target);
      const error = filterError(merged);
      if (error) return refuse(error);
      if (!profileExists) return refuse(profileNotFound(profileId));
      const holder = holderOf(identities, holders);
      if (holder) return refuse(targetTaken(ids.shown(profileId, holder).id));
      return insertAssignment(profileId, { id: newId(), target: merged, version: 1 });
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

export interface UpdateAssignments {
  readonly profileId: string;
  /**
   * The id of the assignment to update. If undefined, the assignment with this target is updated, or a new one created.
   */
  readonly id: string | undefined;
  readonly target: TargetInput | undefined;
  readonly preconditions: Preconditions;
  /** Makes the id of a new assignment. */
  readonly newId: () => string;
}

/**
 * The command for PATCH of the collection. It is safe to repeat, deletes nothing and changes only one assignment.
 * Contract: `updateAssignments` in openapi.yaml, 1 to 4.
 */
export function updateAssignments(request: UpdateAssignments): Command<Assignment, UpdateError> {
  const { profileId, id, target, preconditions, newId } = request;
  if (id !== undefined) return mergeById({ profileId, assignmentId: id, target, preconditions }, "id");
  if (target === undefined) return { loads: {}, decide: () => refuse(targetMissing) };
  const identity = identityOf(target);
  return {
    loads: { profileId, targetIdentities: [identity] },
    decide: ({ profileExists, holders }) => {
      const inputError = filterErrorOfInput(target);
      if (inputError) return refuse(inputError);
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

const targetMissing = invalid(
  "target",
  "target is missing. A request without an id needs a target to identify the assignment.",
);

/** Returns an error of an update request if it can be detected without loading the state. */
export function inputError({ id, target }: Pick<UpdateAssignments, "id" | "target">): Invalid | undefined {
  if (target === undefined) return id === undefined ? targetMissing : undefined;
  return filterErrorOfInput(target);
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
      const inputError = target && filterErrorOfInput(target);
      if (inputError) return refuse(inputError);
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
