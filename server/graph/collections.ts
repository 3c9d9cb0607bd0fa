/** The query options of the two collections: the properties that they may name, and the parsed options. */
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

export function profileList(options: ListOptions, preferences: Preferences): Outcome<ListQuery<ProfileKey>, Invalid> {
  return listQueryOf(profileCollection, "profiles", options, preferences);
}

export function assignmentList(
  profileId: string,
  options: ListOptions,
  preferences: Preferences,
): Outcome<ListQuery<AssignmentPath>, Invalid> {
  return listQueryOf(assignmentCollection, `assignments of ${profileId}`, options, preferences);
}

/** The list of a profile's assignments whose first page `$expand` shows. */
export function expandedAssignments(profileId: string): ListQuery<AssignmentPath> {
  const list = assignmentList(profileId, {}, { includeUnknownEnumMembers: false });
  if (!list.ok) throw new Error(list.error.message);
  return list.value;
}

export function profileCondition($filter: string | undefined): Outcome<Condition<ProfilePath> | undefined, Invalid> {
  return conditionOf($filter, profileProperties);
}

export function assignmentCondition(
  $filter: string | undefined,
): Outcome<Condition<AssignmentPath> | undefined, Invalid> {
  return conditionOf($filter, assignmentProperties);
}
