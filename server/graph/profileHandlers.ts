/** What each operation does, in the order of openapi.yaml. Requests arrive checked; mount.ts sends the answers. */

import type { Handlers, Schemas } from "../api/handlerTypes.ts";
import * as assignments from "../domain/assignments.ts";
import { updateAssignmentsDelta } from "../domain/assignmentsDelta.ts";
import { assignmentNotFound, invalid, profileNotFound } from "../domain/errors.ts";
import { type Json, jsonArray, jsonObject, jsonOf } from "../domain/json.ts";
import * as profiles from "../domain/profiles.ts";
import type { Store } from "../domain/store.ts";
import { answerBatch, type BatchAnswer, batchPlan } from "../odata/batch.ts";
import { etagOf, isKnown, preconditionsOf } from "../odata/etags.ts";
import {
  applied,
  appliedEnumMembers,
  appliedPageSize,
  appliedToProfile,
  appliedToWrite,
  preferencesOf,
} from "../odata/preferences.ts";
import { selectionOf } from "../odata/selection.ts";
import {
  assignmentCondition,
  assignmentList,
  assignmentShape,
  profileCondition,
  profileList,
  profileShape,
} from "./collections.ts";
import { assignmentEntity, selectedAssignment } from "./entities.ts";
import { metadata } from "./metadata.ts";
import { newProfile, propertiesOf } from "./profileBodies.ts";
import {
  assignmentValue,
  collectionOf,
  createdHeaders,
  deltaFault,
  deltaItemOf,
  deltaResult,
  profileShower,
  updatedHeaders,
  wholeProfile,
} from "./responses.ts";
import { assignmentsPageUrl, assignmentUrl, context, profilesPageUrl, profileUrl } from "./urls.ts";

export interface HandlerDependencies {
  readonly store: Store;
  /** A new entity's id. Later ids sort after earlier ones: that is the order of lists. */
  readonly newId: () => string;
  readonly now: () => Date;
}

export function createHandlers({ store, newId, now }: HandlerDependencies): Handlers {
  const timestamp = () => now().toISOString();

  return {
    listProfiles: async ({ query, headers, principal: { tenant }, root, reply, refuse }) => {
      const preferences = preferencesOf(headers);
      const asked = profileList(query, preferences);
      if (!asked.ok) return refuse(asked.error);
      const { selection, list, condition, countsAll, page } = asked.value;
      const [count, found] = await Promise.all([
        countsAll ? store.read.countProfiles(tenant, condition) : undefined,
        store.read.profiles(tenant, list),
      ]);
      const { entities, next } = page(found, (profile, key) => profile[key]);
      const show = await profileShower(store, entities, { tenant, root, selection, preferences });
      const collection = collectionOf(context.profiles(root, selection.context), {
        count,
        nextLink: next && profilesPageUrl(root, next),
        value: entities.map((profile) => show(profile)),
      });
      return reply(200, collection, applied(appliedPageSize(preferences), appliedEnumMembers(preferences)));
    },

    createProfile: async ({ headers, body, principal, repeat, root, reply, refuse }) => {
      const command = profiles.createProfile({
        properties: { ...newProfile, ...propertiesOf(body), displayName: body.displayName },
        priority: body.priority,
        newId,
        now: timestamp(),
      });
      const outcome = await store.decide(principal.tenant, command, repeat);
      if (!outcome.ok) return refuse(outcome.error);
      const { value } = outcome;
      const preferences = preferencesOf(headers);
      const answerHeaders = createdHeaders(etagOf(value), profileUrl(root, value.id), appliedToProfile(preferences));
      if (preferences.return === "minimal")
        return reply(204, { ...answerHeaders, "OData-EntityId": answerHeaders.Location });
      return reply(201, wholeProfile(root, value, preferences), answerHeaders);
    },

    countProfiles: async ({ query, principal, reply, refuse }) => {
      const condition = profileCondition(query.$filter);
      if (!condition.ok) return refuse(condition.error);
      return reply(200, String(await store.read.countProfiles(principal.tenant, condition.value)));
    },

    getProfile: async ({ path, query, headers, principal: { tenant }, root, reply, refuse }) => {
      const selection = selectionOf(query, profileShape);
      if (!selection.ok) return refuse(selection.error);
      const profile = await store.read.profile(tenant, path.profileId);
      if (!profile) return refuse(profileNotFound(path.profileId));
      // The profile's entity tag says nothing of its assignments.
      if (!selection.value.expand && isKnown(headers, profile)) return reply(304, { ETag: etagOf(profile) });
      const preferences = preferencesOf(headers);
      const show = await profileShower(store, [profile], { tenant, root, selection: selection.value, preferences });
      const body = show(profile, context.profile(root, selection.value.context));
      return reply(200, body, { ETag: etagOf(profile), ...applied(appliedEnumMembers(preferences)) });
    },

    updateProfile: async ({ path, headers, body, principal, repeat, root, reply, refuse }) => {
      const command = profiles.updateProfile({
        profileId: path.profileId,
        properties: propertiesOf(body),
        priority: body.priority,
        preconditions: preconditionsOf(headers),
        now: timestamp(),
      });
      const outcome = await store.decide(principal.tenant, command, repeat);
      if (!outcome.ok) return refuse(outcome.error);
      const preferences = preferencesOf(headers);
      const { value } = outcome;
      if (preferences.return === "minimal") return reply(204, appliedToWrite(preferences));
      const answerHeaders = updatedHeaders(etagOf(value), appliedToProfile(preferences));
      return reply(200, wholeProfile(root, value, preferences), answerHeaders);
    },

    deleteProfile: async ({ path, headers, principal, repeat, reply, refuse }) => {
      const command = profiles.deleteProfile({ profileId: path.profileId, preconditions: preconditionsOf(headers) });
      const outcome = await store.decide(principal.tenant, command, repeat);
      return outcome.ok ? reply(204) : refuse(outcome.error);
    },

    setPriority: async ({ path, body, principal, repeat, reply, refuse }) => {
      const command = profiles.setPriority({ profileId: path.profileId, priority: body.priority, now: timestamp() });
      const outcome = await store.decide(principal.tenant, command, repeat);
      return outcome.ok ? reply(204) : refuse(outcome.error);
    },

    listAssignments: async ({ path: { profileId }, query, headers, principal: { tenant }, root, reply, refuse }) => {
      const preferences = preferencesOf(headers);
      const asked = assignmentList(profileId, query, preferences);
      if (!asked.ok) return refuse(asked.error);
      const { selection, list, condition, countsAll, page } = asked.value;
      const [count, found] = await Promise.all([
        countsAll ? store.read.countAssignments(tenant, profileId, condition) : undefined,
        store.read.assignments(tenant, profileId, list),
      ]);
      if (!found) return refuse(profileNotFound(profileId));
      const { entities, next } = page(found, assignmentValue);
      const collection = collectionOf(context.assignments(root, profileId, selection.context), {
        count,
        nextLink: next && assignmentsPageUrl(root, profileId, next),
        value: entities.map((assignment) => selectedAssignment(assignment, selection)),
      });
      return reply(200, collection, applied(appliedPageSize(preferences)));
    },

    createAssignment: async ({ path: { profileId }, headers, body, principal, repeat, root, reply, refuse }) => {
      const command = assignments.createAssignment({ profileId, target: body.target, newId });
      const outcome = await store.decide(principal.tenant, command, repeat);
      if (!outcome.ok) return refuse(outcome.error);
      const { value } = outcome;
      const preferences = preferencesOf(headers);
      const answerHeaders = createdHeaders(
        etagOf(value),
        assignmentUrl(root, profileId, value.id),
        appliedToWrite(preferences),
      );
      if (preferences.return === "minimal")
        return reply(204, { ...answerHeaders, "OData-EntityId": answerHeaders.Location });
      return reply(201, assignmentEntity(value, context.assignment(root, profileId)), answerHeaders);
    },

    updateAssignments: async ({ path: { profileId }, headers, body, principal, repeat, root, reply, refuse }) => {
      const preferences = preferencesOf(headers);
      if ("value" in body) {
        const fault = deltaFault(headers);
        if (fault) return refuse(fault);
        const command = updateAssignmentsDelta({ profileId, items: body.value.map(deltaItemOf), newId });
        const outcome = await store.decide(principal.tenant, command, repeat);
        if (!outcome.ok) return refuse(outcome.error);
        if (preferences.return === "minimal") return reply(204, appliedToWrite(preferences));
        return reply(200, deltaResult(root, profileId, outcome.value), appliedToWrite(preferences));
      }
      const command = assignments.updateAssignments({
        profileId,
        id: body.id,
        target: body.target,
        preconditions: preconditionsOf(headers),
        newId,
      });
      const outcome = await store.decide(principal.tenant, command, repeat);
      if (!outcome.ok) return refuse(outcome.error);
      const { value } = outcome;
      if (preferences.return === "minimal") return reply(204, appliedToWrite(preferences));
      const written = assignmentEntity(value, context.assignment(root, profileId));
      return reply(200, written, updatedHeaders(etagOf(value), appliedToWrite(preferences)));
    },

    countAssignments: async ({ path: { profileId }, query, principal, reply, refuse }) => {
      const condition = assignmentCondition(query.$filter);
      if (!condition.ok) return refuse(condition.error);
      const count = await store.read.countAssignments(principal.tenant, profileId, condition.value);
      return count === undefined ? refuse(profileNotFound(profileId)) : reply(200, String(count));
    },

    getAssignment: async ({ path, query, headers, principal, root, reply, refuse }) => {
      const { profileId, assignmentId } = path;
      const selection = selectionOf(query, assignmentShape);
      if (!selection.ok) return refuse(selection.error);
      const assignment = await store.read.assignment(principal.tenant, profileId, assignmentId);
      if (!assignment) {
        const profile = await store.read.profile(principal.tenant, profileId);
        return refuse(profile ? assignmentNotFound(assignmentId, "assignmentId") : profileNotFound(profileId));
      }
      if (isKnown(headers, assignment)) return reply(304, { ETag: etagOf(assignment) });
      const shownIn = context.assignment(root, profileId, selection.value.context);
      return reply(200, selectedAssignment(assignment, selection.value, shownIn), { ETag: etagOf(assignment) });
    },

    updateAssignment: async ({ path, headers, body, principal, repeat, root, reply, refuse }) => {
      const preconditions = preconditionsOf(headers);
      const command = assignments.updateAssignment({ ...path, target: body.target, preconditions });
      const outcome = await store.decide(principal.tenant, command, repeat);
      if (!outcome.ok) return refuse(outcome.error);
      const { value } = outcome;
      const preferences = preferencesOf(headers);
      if (preferences.return === "minimal") return reply(204, appliedToWrite(preferences));
      const written = assignmentEntity(value, context.assignment(root, path.profileId));
      return reply(200, written, updatedHeaders(etagOf(value), appliedToWrite(preferences)));
    },

    deleteAssignment: async ({ path, headers, principal, repeat, reply, refuse }) => {
      const command = assignments.deleteAssignment({ ...path, preconditions: preconditionsOf(headers) });
      const outcome = await store.decide(principal.tenant, command, repeat);
      return outcome.ok ? reply(204) : refuse(outcome.error);
    },

    batch: async ({ headers, body, repeat, subrequests, reply, refuse }) => {
      const requests = subrequests();
      if (requests === undefined) return refuse(invalid("url", "A batch can't be a request of a batch."));
      const plan = batchPlan(body.requests, repeat && { ...headers, "Repeatability-Request-ID": repeat.key });
      if (!plan.ok) return refuse(plan.error);
      const answers = await answerBatch(plan.value, requests);
      return reply(200, jsonObject<Schemas["batchedResponses"]>({ responses: jsonArray(answers.map(batchResponse)) }));
    },

    getMetadata: async ({ reply }) => reply(200, metadata),
  };
}

function batchResponse({ id, status, headers, body }: BatchAnswer): Json<Schemas["batchedResponse"]> {
  return jsonObject<Schemas["batchedResponse"]>({
    id: jsonOf(id),
    status: jsonOf(status),
    headers: jsonOf(headers),
    ...(body !== undefined && { body }),
  });
}
