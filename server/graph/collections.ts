/** The query options of the two collections: the properties that they may name, and the parsed options. */
import { type AssignmentIds, storedIds } from "../domain/commands/assignmentIds.ts";
import type { Invalid } from "../domain/errors.ts";
import { type ProfilePath, profilePropertyNames } from "../domain/profile/properties.ts";
import { type AssignmentPath, assignmentProperties, type Condition, profileProperties } from "../domain/query.ts";
import { defaultOrder, type Outcome, type ProfileKey } from "../domain/store.ts";
import {
  conditionOf,
  type ListOptions,
  type ListQuery,
  listQueryOf,
  type QueryableCollection,
} from "../odata/listOptions.ts";
import type { Preferences } from "../odata/preferences.ts";
import type { Shape } from "../odata/selection.ts";
import { answers } from "../shared/limits.ts";

export const profileShape: Shape = { properties: profilePropertyNames, navigation: ["assignments"] };

export const assignmentShape: Shape = { properties: ["id", "target"], navigation: [] };

const profileCollection: QueryableCollection<ProfilePath, ProfileKey> = {
  shape: profileShape,
  properties: profileProperties,
  order: defaultOrder.profiles,
  keys: { priority: "rank" },
  unique: ["rank", "id"],
  pageSize: answers.entities,
  expandedPageSize: answers.expandedProfiles,
};

const assignmentCollection: QueryableCollection<AssignmentPath, AssignmentPath> = {
  shape: assignmentShape,
  properties: assignmentProperties,
  order: defaultOrder.assignments,
  keys: {},
  unique: ["id"],
  pageSize: answers.entities,
  expandedPageSize: answers.entities,
};

const { id: _id, ...targetProperties } = assignmentProperties;

/** Derived ids are not in the store, so it cannot compare them with those in a filter, and cannot sort by them. */
const withDerivedIds: QueryableCollection<Exclude<AssignmentPath, "id">, AssignmentPath> = {
  ...assignmentCollection,
  properties: targetProperties,
};

export function profileList(options: ListOptions, preferences: Preferences): Outcome<ListQuery<ProfileKey>, Invalid> {
  return listQueryOf(profileCollection, "profiles", options, preferences);
}

interface AssignmentListOptions {
  readonly preferences: Preferences;
  readonly ids: AssignmentIds;
}

export function assignmentList(
  profileId: string,
  options: ListOptions,
  { preferences, ids }: AssignmentListOptions,
): Outcome<ListQuery<AssignmentPath>, Invalid> {
  const name = `assignments of ${profileId}`;
  return ids.areStored
    ? listQueryOf(assignmentCollection, name, options, preferences)
    : listQueryOf(withDerivedIds, name, options, preferences);
}

/** The list of a profile's assignments whose first page `$expand` shows. */
export function expandedAssignments(profileId: string): ListQuery<AssignmentPath> {
  const list = assignmentList(profileId, {}, { preferences: { includeUnknownEnumMembers: false }, ids: storedIds });
  if (!list.ok) throw new Error(list.error.message);
  return list.value;
}

export function profileCondition($filter: string | undefined): Outcome<Condition<ProfilePath> | undefined, Invalid> {
  return conditionOf($filter, profileProperties);
}

export function assignmentCondition(
  $filter: string | undefined,
  ids: AssignmentIds,
): Outcome<Condition<AssignmentPath> | undefined, Invalid> {
  return ids.areStored ? conditionOf($filter, assignmentProperties) : conditionOf($filter, withDerivedIds.properties);
}
