/** The handlers of the profile operations, in the order of openapi.yaml. api/mount.ts validates requests and sends answers. */
import type { Handler } from "../api/handlerTypes.ts";
import * as profiles from "../domain/commands/profiles.ts";
import { profileNotFound } from "../domain/errors.ts";
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
import { profileCondition, profileList, profileShape } from "./collections.ts";
import { pageOfProfiles, profileRenderer } from "./pages.ts";
import { changedProperties, newProperties, withoutSentinels } from "./profileBodies.ts";
import { collectionOf, createdHeaders, updatedHeaders, wholeProfile, withEntityId } from "./responses.ts";
import { context, profilesPageUrl, profileUrl } from "./urls.ts";
import { type HandlerDependencies, write } from "./write.ts";

export function listProfiles({ store, ids }: HandlerDependencies): Handler<"listProfiles"> {
  return async ({ query, headers, principal: { tenant }, root, reply, refuse }) => {
    const preferences = preferencesOf(headers);
    const asked = profileList(query, preferences);
    if (!asked.ok) return refuse(asked.error);
    const { selection, list, countsAll, pageSize, next } = asked.value;
    const [count, found] = await Promise.all([
      countsAll ? store.read.countProfiles(tenant, list.condition) : undefined,
      store.read.profiles(tenant, list),
    ]);
    const value = await pageOfProfiles(store, found.slice(0, pageSize), {
      tenant,
      root,
      selection,
      preferences,
      ids,
    });
    const nextQuery = next(found, value.length, (profile, key) => profile[key]);
    const collection = collectionOf(context.profiles(root, selection.context), {
      count,
      nextLink: nextQuery && profilesPageUrl(root, nextQuery),
      value,
    });
    return reply(200, collection, applied(appliedPageSize(preferences), appliedEnumMembers(preferences)));
  };
}

export function createProfile({ store, newId, now }: HandlerDependencies): Handler<"createProfile"> {
  return (input) => {
    const { headers, body, root, reply } = input;
    const command = profiles.createProfile({
      properties: newProperties(body),
      priority: body.priority,
      newId,
      now: now().toISOString(),
    });
    return write(store, input, command, (profile) => {
      const preferences = preferencesOf(headers);
      const created = createdHeaders(profile, profileUrl(root, profile.id), appliedToProfile(preferences));
      if (preferences.return === "minimal") return reply(204, withEntityId(created));
      return reply(201, wholeProfile(root, profile, preferences), created);
    });
  };
}

export function countProfiles({ store }: HandlerDependencies): Handler<"countProfiles"> {
  return async ({ query, principal, reply, refuse }) => {
    const condition = profileCondition(query.$filter);
    if (!condition.ok) return refuse(condition.error);
    return reply(200, String(await store.read.countProfiles(principal.tenant, condition.value)));
  };
}

export function getProfile({ store, ids }: HandlerDependencies): Handler<"getProfile"> {
  return async ({ path, query, headers, principal: { tenant }, root, reply, refuse }) => {
    const selection = selectionOf(query, profileShape);
    if (!selection.ok) return refuse(selection.error);
    const profile = await store.read.profile(tenant, path.profileId);
    if (!profile) return refuse(profileNotFound(path.profileId));
    // The profile's entity tag does not change with its assignments, so an expanded profile is never answered with 304.
    if (!selection.value.expand && isKnown(headers, profile)) return reply(304, { ETag: etagOf(profile) });
    const preferences = preferencesOf(headers);
    const asked = { tenant, root, selection: selection.value, preferences, ids };
    const render = await profileRenderer(store, [profile], asked);
    const body = render(profile, context.profile(root, selection.value.context));
    return reply(200, body, { ETag: etagOf(profile), ...applied(appliedEnumMembers(preferences)) });
  };
}

export function updateProfile({ store, now }: HandlerDependencies): Handler<"updateProfile"> {
  return (input) => {
    const { path, headers, body, root, reply } = input;
    const preferences = preferencesOf(headers);
    const changed = changedProperties(body);
    const command = profiles.updateProfile({
      profileId: path.profileId,
      changes: (stored) => (preferences.includeUnknownEnumMembers ? changed : withoutSentinels(changed, stored)),
      priority: body.priority,
      preconditions: preconditionsOf(headers),
      now: now().toISOString(),
    });
    return write(store, input, command, (profile) => {
      if (preferences.return === "minimal") return reply(204, appliedToWrite(preferences));
      const updated = updatedHeaders(profile, appliedToProfile(preferences));
      return reply(200, wholeProfile(root, profile, preferences), updated);
    });
  };
}

export function deleteProfile({ store }: HandlerDependencies): Handler<"deleteProfile"> {
  return (input) => {
    const { path, headers, reply } = input;
    const command = profiles.deleteProfile({ profileId: path.profileId, preconditions: preconditionsOf(headers) });
    return write(store, input, command, () => reply(204));
  };
}

export function setPriority({ store, now }: HandlerDependencies): Handler<"setPriority"> {
  return (input) => {
    const { path, body, reply } = input;
    const command = profiles.setPriority({
      profileId: path.profileId,
      priority: body.priority,
      now: now().toISOString(),
    });
    return write(store, input, command, () => reply(204));
  };
}
