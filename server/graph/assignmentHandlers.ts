/**
 * The handlers of the assignment operations, in the order of openapi.yaml. api/mount.ts validates requests and sends
 * answers.
 */
import type { Handler, Input } from "../api/handlerTypes.ts";
import * as assignments from "../domain/commands/assignments.ts";
import { updateAssignmentsDelta } from "../domain/commands/assignmentsDelta.ts";
import { assignmentNotFound, profileNotFound } from "../domain/errors.ts";
import { jsonOf } from "../domain/json.ts";
import type { StoredAssignment } from "../domain/store.ts";
import { etagOf, isKnown, preconditionsOf } from "../odata/etags.ts";
import { applied, appliedPageSize, appliedToWrite, preferencesOf } from "../odata/preferences.ts";
import { selectionOf } from "../odata/selection.ts";
import { assignmentCondition, assignmentList, assignmentShape } from "./collections.ts";
import { assignmentEntity, selectedAssignment } from "./entities.ts";
import { assignmentValue, pageOfAssignments } from "./pages.ts";
import {
  collectionOf,
  createdHeaders,
  deltaError,
  deltaItemOf,
  deltaResult,
  updatedHeaders,
  withEntityId,
} from "./responses.ts";
import { assignmentsPageUrl, assignmentUrl, context } from "./urls.ts";
import { type HandlerDependencies, write } from "./write.ts";

export function listAssignments({ store, ids }: HandlerDependencies): Handler<"listAssignments"> {
  return async ({ path: { profileId }, query, headers, principal: { tenant }, root, reply, refuse }) => {
    const preferences = preferencesOf(headers);
    const asked = assignmentList(profileId, query, { preferences, ids });
    if (!asked.ok) return refuse(asked.error);
    const { selection, list, countsAll, pageSize, next } = asked.value;
    const [count, found] = await Promise.all([
      countsAll ? store.read.countAssignments(tenant, profileId, list.condition) : undefined,
      store.read.assignments(tenant, profileId, list),
    ]);
    if (!found) return refuse(profileNotFound(profileId));
    const value = pageOfAssignments(found.slice(0, pageSize), { profileId, selection, ids });
    const nextQuery = next(found, value.length, assignmentValue);
    const collection = collectionOf(context.assignments(root, profileId, selection.context), {
      count,
      nextLink: nextQuery && assignmentsPageUrl(root, profileId, nextQuery),
      value,
    });
    return reply(200, collection, applied(appliedPageSize(preferences)));
  };
}

export function createAssignment({ store, ids, newId }: HandlerDependencies): Handler<"createAssignment"> {
  return (input) => {
    const { path, body, root, reply } = input;
    const { profileId } = path;
    const command = assignments.createAssignment({ profileId, target: body.target, newId, ids });
    return write(store, input, command, (created) => {
      const assignment = ids.shown(profileId, created);
      const preferences = preferencesOf(input.headers);
      const url = assignmentUrl(root, profileId, assignment.id);
      const headers = createdHeaders(assignment, url, appliedToWrite(preferences));
      if (preferences.return === "minimal") return reply(204, withEntityId(headers));
      return reply(201, assignmentEntity(assignment, context.assignment(root, profileId)), headers);
    });
  };
}

export function updateAssignments(dependencies: HandlerDependencies): Handler<"updateAssignments"> {
  return (input) => {
    const { store, newId } = dependencies;
    const { path, headers, body, root, reply } = input;
    if ("value" in body) return updateByDelta(dependencies, input, body);
    const { profileId } = path;
    const preconditions = preconditionsOf(headers);
    const command = assignments.updateAssignments({ profileId, input: body, preconditions, newId });
    return write(store, input, command, (assignment) => {
      const preferences = preferencesOf(headers);
      if (preferences.return === "minimal") return reply(204, appliedToWrite(preferences));
      const entity = assignmentEntity(assignment, context.assignment(root, profileId));
      return reply(200, entity, updatedHeaders(assignment, appliedToWrite(preferences)));
    });
  };
}

/** Handles the collection PATCH with a delta payload: writes either all of its assignments or none of them. */
async function updateByDelta(
  { store, newId }: HandlerDependencies,
  input: Input<"updateAssignments">,
  { value }: Extract<Input<"updateAssignments">["body"], { readonly value: unknown }>,
) {
  const { path, headers, root, reply, refuse } = input;
  const { profileId } = path;
  const error = deltaError(headers);
  if (error) return refuse(error);
  const command = updateAssignmentsDelta({ profileId, items: value.map(deltaItemOf), newId });
  return write(store, input, command, (results) => {
    const preferences = preferencesOf(headers);
    if (preferences.return === "minimal") return reply(204, appliedToWrite(preferences));
    return reply(200, deltaResult(root, profileId, results), appliedToWrite(preferences));
  });
}

export function countAssignments({ store, ids }: HandlerDependencies): Handler<"countAssignments"> {
  return async ({ path: { profileId }, query, principal, reply, refuse }) => {
    const condition = assignmentCondition(query.$filter, ids);
    if (!condition.ok) return refuse(condition.error);
    const count = await store.read.countAssignments(principal.tenant, profileId, condition.value);
    return count === undefined ? refuse(profileNotFound(profileId)) : reply(200, String(count));
  };
}

export function getAssignment(dependencies: HandlerDependencies): Handler<"getAssignment"> {
  return async ({ path, query, headers, principal, root, reply, refuse }) => {
    const { profileId, assignmentId } = path;
    const selection = selectionOf(query, assignmentShape);
    if (!selection.ok) return refuse(selection.error);
    const assignment = await readAssignment(dependencies, principal.tenant, path);
    if (!assignment) {
      const profile = await dependencies.store.read.profile(principal.tenant, profileId);
      return refuse(profile ? assignmentNotFound(assignmentId, "assignmentId") : profileNotFound(profileId));
    }
    if (isKnown(headers, assignment)) return reply(304, { ETag: etagOf(assignment) });
    const contextUrl = context.assignment(root, profileId, selection.value.context);
    return reply(200, selectedAssignment(assignment, selection.value, contextUrl), { ETag: etagOf(assignment) });
  };
}

/** Reads an assignment, with the id that callers see. */
async function readAssignment(
  { store, ids }: HandlerDependencies,
  tenant: string,
  path: { readonly profileId: string; readonly assignmentId: string },
): Promise<StoredAssignment | undefined> {
  if (ids.areStored) return store.read.assignment(tenant, path.profileId, path.assignmentId);
  const outcome = await store.decide(tenant, assignments.findAssignment({ ...path, ids }));
  const found = outcome.ok ? outcome.value : undefined;
  return found && { ...ids.shown(path.profileId, found), target: jsonOf(found.target) };
}

export function updateAssignment({ store, ids }: HandlerDependencies): Handler<"updateAssignment"> {
  return (input) => {
    const { path, headers, body, root, reply } = input;
    const preconditions = preconditionsOf(headers);
    const command = assignments.updateAssignment({ ...path, target: body.target, preconditions, ids });
    return write(store, input, command, (updated) => {
      const assignment = ids.shown(path.profileId, updated);
      const preferences = preferencesOf(headers);
      if (preferences.return === "minimal") return reply(204, appliedToWrite(preferences));
      const entity = assignmentEntity(assignment, context.assignment(root, path.profileId));
      return reply(200, entity, updatedHeaders(assignment, appliedToWrite(preferences)));
    });
  };
}

export function deleteAssignment({ store, ids }: HandlerDependencies): Handler<"deleteAssignment"> {
  return (input) => {
    const { path, headers, reply } = input;
    const command = assignments.deleteAssignment({ ...path, preconditions: preconditionsOf(headers), ids });
    return write(store, input, command, () => reply(204));
  };
}
