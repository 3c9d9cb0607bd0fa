/** The two collections, as their query options see them. */
import {
  type AssignmentPath,
  assignmentProperties,
  type ProfilePath,
  type Property,
  profileProperties,
} from "../domain/query.ts";
import { defaultOrder, type Order, type ProfileKey } from "../domain/store.ts";
import { assignmentShape, profileShape, type Shape } from "./selection.ts";

/** What a collection can be asked by. */
export interface Collection<Path extends string, Key extends string> {
  readonly shape: Shape;
  readonly properties: Readonly<Record<Path, Property<Path>>>;
  readonly order: readonly Order<Key>[];
  /** What sorts in place of a property, where that is something else. */
  readonly keys: Partial<Record<Path, Key>>;
  /** Keys that no two entities share: what is sorted by one is sorted. */
  readonly unique: readonly Key[];
  /** Entities in an answer at most; undefined: no limit but what the caller asks for. */
  readonly pageSize: number | undefined;
  /** The same where each brings others along. */
  readonly expandedPageSize: number | undefined;
}

export const profileCollection: Collection<ProfilePath, ProfileKey> = {
  shape: profileShape,
  properties: profileProperties,
  order: defaultOrder.profiles,
  keys: { priority: "rank" },
  unique: ["rank", "id"],
  pageSize: 1000,
  expandedPageSize: 100,
};

export const assignmentCollection: Collection<AssignmentPath, AssignmentPath> = {
  shape: assignmentShape,
  properties: assignmentProperties,
  order: defaultOrder.assignments,
  keys: {},
  unique: ["id"],
  pageSize: undefined,
  expandedPageSize: undefined,
};
