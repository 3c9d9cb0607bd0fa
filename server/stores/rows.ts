/**
 * Converts between rows and entities. Ids, priorities, ranks and versions have a column. The other properties of a
 * profile are JSON in `properties`, and an assignment's target is JSON in `target`; columns.ts has the SQL that reads them.
 */
import { Json } from "../domain/json.ts";
import type { Assignment, Profile } from "../domain/model.ts";
import type { State, StoredAssignment } from "../domain/store.ts";

/** Returns the JSON for the column `properties`. */
export function propertiesOf({ id: _id, priority: _p, rank: _r, version: _v, ...properties }: Profile): string {
  return JSON.stringify(properties);
}

/**
 * A row as an array of its columns, because drivers create arrays faster than objects. The columns have the order of
 * `profileColumns` or `assignmentColumns`. Integers are numbers.
 */
export type Row = readonly unknown[];

export const profileColumns = "id, priority, rank, version, properties";
export const assignmentColumns = "id, version, target";

export function profileOf([id, priority, rank, version, properties]: Row): Profile {
  const rest: Omit<Profile, "id" | "priority" | "rank" | "version"> = JSON.parse(String(properties));
  return { ...rest, id: String(id), priority: Number(priority), rank: String(rank), version: Number(version) };
}

export function assignmentOf([id, version, target]: Row): Assignment {
  return { id: String(id), version: Number(version), target: JSON.parse(String(target)) };
}

export function storedAssignmentOf([id, version, target]: Row): StoredAssignment {
  return { id: String(id), version: Number(version), target: new Json(String(target)) };
}

/** @param row the columns `request` and `value`. Undefined if there is no stored answer. */
export function rememberedOf(row: Row | undefined): State["remembered"] {
  return row && { request: String(row[0]), value: String(row[1]) };
}

/** Returns the first and the last priority whose ranks must be loaded for a command. */
export function placesAround(place: number, profileCount: number): [first: number, last: number] {
  const within = Math.min(place, profileCount);
  return [within - 1, within + 1];
}

/** Maps priorities to ranks. */
export function ranksOf(rows: readonly Row[]): ReadonlyMap<number, string> {
  return new Map(rows.map(([priority, rank]) => [Number(priority), String(rank)]));
}
