/** What each operation does, in the order of openapi.yaml. Requests arrive checked; mount.ts sends the answers. */
import type { Handlers, Schemas } from "./contract.ts";
import * as assignments from "./domain/assignments.ts";
import { assignmentNotFound, invalid, profileNotFound } from "./domain/errors.ts";
import { type Json, jsonArray, jsonObject, jsonOf } from "./domain/json.ts";
import type { Assignment, EnrollmentTypeOption, Profile, ProfileProperties } from "./domain/model.ts";
import * as profiles from "./domain/profiles.ts";
import type { Store, StoredAssignment } from "./domain/store.ts";
import { assignmentEntity, profileEntity } from "./entities.ts";
import { answerBatch, type BatchAnswer, batchPlan } from "./odata/batch.ts";
import { etagOf, isKnown, preconditionsOf } from "./odata/etags.ts";
import { metadata } from "./odata/metadata.ts";
import { assignmentUrl, context, profileUrl } from "./odata/urls.ts";

export interface HandlerDependencies {
  readonly store: Store;
  /** A new entity's id. Later ids sort after earlier ones: that is the order of lists. */
  readonly newId: () => string;
  readonly now: () => Date;
}

export function createHandlers({ store, newId, now }: HandlerDependencies): Handlers {
  const timestamp = () => now().toISOString();

  return {
    listProfiles: async ({ principal, root, reply }) => {
      const found = await store.read.profiles(principal.tenant);
      return reply(200, {
        "@odata.context": context.profiles(root),
        value: found.map((profile) => profileEntity(profile)),
      });
    },

    createProfile: async ({ body, principal, root, reply, refuse }) => {
      const command = profiles.createProfile({
        properties: { ...newProfile, ...propertiesOf(body), displayName: body.displayName },
        priority: body.priority,
        newId,
        now: timestamp(),
      });
      const outcome = await store.decide(principal.tenant, command);
      if (!outcome.ok) return refuse(outcome.error);
      const { value } = outcome;
      return reply(201, ...created(profileBody(root, value), profileUrl(root, value.id)));
    },

    countProfiles: async ({ principal, reply }) => reply(200, String(await store.read.countProfiles(principal.tenant))),

    getProfile: async ({ path, headers, principal, root, reply, refuse }) => {
      const profile = await store.read.profile(principal.tenant, path.profileId);
      if (!profile) return refuse(profileNotFound(path.profileId));
      if (isKnown(headers, profile)) return reply(304, { ETag: etagOf(profile) });
      return reply(200, ...entity(profileBody(root, profile)));
    },

    updateProfile: async ({ path, headers, body, principal, root, reply, refuse }) => {
      const command = profiles.updateProfile({
        profileId: path.profileId,
        properties: propertiesOf(body),
        priority: body.priority,
        preconditions: preconditionsOf(headers),
        now: timestamp(),
      });
      const outcome = await store.decide(principal.tenant, command);
      return outcome.ok ? reply(200, ...entity(profileBody(root, outcome.value))) : refuse(outcome.error);
    },

    deleteProfile: async ({ path, headers, principal, reply, refuse }) => {
      const command = profiles.deleteProfile({ profileId: path.profileId, preconditions: preconditionsOf(headers) });
      const outcome = await store.decide(principal.tenant, command);
      return outcome.ok ? reply(204) : refuse(outcome.error);
    },

    setPriority: async ({ path, body, principal, reply, refuse }) => {
      const command = profiles.setPriority({ profileId: path.profileId, priority: body.priority, now: timestamp() });
      const outcome = await store.decide(principal.tenant, command);
      return outcome.ok ? reply(204) : refuse(outcome.error);
    },

    listAssignments: async ({ path: { profileId }, principal, root, reply, refuse }) => {
      const found = await store.read.assignments(principal.tenant, profileId);
      if (!found) return refuse(profileNotFound(profileId));
      const answer = jsonObject<Schemas["assignmentCollection"]>({
        "@odata.context": jsonOf(context.assignments(root, profileId)),
        value: jsonArray(found.map((assignment) => assignmentEntity(assignment))),
      });
      return reply(200, answer);
    },

    createAssignment: async ({ path: { profileId }, body, principal, root, reply, refuse }) => {
      const command = assignments.createAssignment({ profileId, target: body.target, newId });
      const outcome = await store.decide(principal.tenant, command);
      if (!outcome.ok) return refuse(outcome.error);
      const { value } = outcome;
      return reply(201, ...created(assignmentBody(root, profileId, value), assignmentUrl(root, profileId, value.id)));
    },

    updateAssignments: async ({ path: { profileId }, headers, body, principal, root, reply, refuse }) => {
      const command = assignments.updateAssignments({
        profileId,
        id: body.id,
        target: body.target,
        preconditions: preconditionsOf(headers),
        newId,
      });
      const outcome = await store.decide(principal.tenant, command);
      if (!outcome.ok) return refuse(outcome.error);
      return reply(200, ...entity(assignmentBody(root, profileId, outcome.value)));
    },

    countAssignments: async ({ path: { profileId }, principal, reply, refuse }) => {
      const count = await store.read.countAssignments(principal.tenant, profileId);
      return count === undefined ? refuse(profileNotFound(profileId)) : reply(200, String(count));
    },

    getAssignment: async ({ path: { profileId, assignmentId }, headers, principal, root, reply, refuse }) => {
      const assignment = await store.read.assignment(principal.tenant, profileId, assignmentId);
      if (!assignment) {
        const profile = await store.read.profile(principal.tenant, profileId);
        return refuse(profile ? assignmentNotFound(assignmentId, "assignmentId") : profileNotFound(profileId));
      }
      if (isKnown(headers, assignment)) return reply(304, { ETag: etagOf(assignment) });
      return reply(200, ...entity(assignmentBody(root, profileId, assignment)));
    },

    updateAssignment: async ({ path, headers, body, principal, root, reply, refuse }) => {
      const preconditions = preconditionsOf(headers);
      const command = assignments.updateAssignment({ ...path, target: body.target, preconditions });
      const outcome = await store.decide(principal.tenant, command);
      if (!outcome.ok) return refuse(outcome.error);
      return reply(200, ...entity(assignmentBody(root, path.profileId, outcome.value)));
    },

    deleteAssignment: async ({ path, headers, principal, reply, refuse }) => {
      const command = assignments.deleteAssignment({ ...path, preconditions: preconditionsOf(headers) });
      const outcome = await store.decide(principal.tenant, command);
      return outcome.ok ? reply(204) : refuse(outcome.error);
    },

    batch: async ({ body, subrequests, reply, refuse }) => {
      const requests = subrequests();
      if (requests === undefined) return refuse(invalid("url", "A batch can't be a request of a batch."));
      const plan = batchPlan(body.requests);
      if (!plan.ok) return refuse(plan.error);
      const answers = await answerBatch(plan.value, requests);
      return reply(200, jsonObject<Schemas["batchResponses"]>({ responses: jsonArray(answers.map(batchResponse)) }));
    },

    getMetadata: async ({ reply }) => reply(200, metadata),
  };
}

const newProfile: Omit<ProfileProperties, "displayName"> = {
  description: null,
  platform: "iOS",
  defaultEnrollmentType: "unknown",
  availableEnrollmentTypeOptions: [],
};

/** The properties a body sets; computed ones and the place in the order are not among them. */
function propertiesOf(body: Schemas["profileUpdate"]): Partial<ProfileProperties> {
  const { displayName, description, platform, defaultEnrollmentType, availableEnrollmentTypeOptions } = body;
  return {
    ...(displayName !== undefined && { displayName }),
    ...(description !== undefined && { description }),
    ...(platform !== undefined && { platform }),
    ...(defaultEnrollmentType !== undefined && { defaultEnrollmentType }),
    ...(availableEnrollmentTypeOptions !== undefined && {
      availableEnrollmentTypeOptions: availableEnrollmentTypeOptions.map(optionOf),
    }),
  };
}

function optionOf(option: Schemas["appleOwnerTypeEnrollmentTypeInput"]): EnrollmentTypeOption {
  return { ownerType: option.ownerType ?? "unknown", enrollmentType: option.enrollmentType ?? "unknown" };
}

/** An entity as the whole answer: its entity tag is in the header as well. */
interface Entity<Body> {
  readonly body: Body;
  readonly etag: string;
}

function profileBody(root: string, profile: Profile): Entity<Schemas["appleUserInitiatedEnrollmentProfile"]> {
  return { body: profileEntity(profile, context.profile(root)), etag: etagOf(profile) };
}

function assignmentBody(
  root: string,
  profileId: string,
  assignment: Assignment | StoredAssignment,
): Entity<Json<Schemas["appleEnrollmentProfileAssignment"]>> {
  return { body: assignmentEntity(assignment, context.assignment(root, profileId)), etag: etagOf(assignment) };
}

function entity<Body>({ body, etag }: Entity<Body>): [body: Body, headers: { ETag: string }] {
  return [body, { ETag: etag }];
}

function created<Body>(
  { body, etag }: Entity<Body>,
  location: string,
): [body: Body, headers: { ETag: string; Location: string }] {
  return [body, { ETag: etag, Location: location }];
}

function batchResponse({ id, status, headers, body }: BatchAnswer): Json<Schemas["batchResponse"]> {
  return jsonObject<Schemas["batchResponse"]>({
    id: jsonOf(id),
    status: jsonOf(status),
    headers: jsonOf(headers),
    ...(body !== undefined && { body }),
  });
}
