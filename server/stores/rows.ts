/**
 * Rows and entities. What is searched, ordered or changed in bulk is a column; the rest of a profile is JSON in
 * `properties`, and a target is JSON in `target`.
 */
import { Json } from "../domain/json.ts";
import type { Assignment, Profile } from "../domain/model.ts";
import type { State, StoredAssignment } from "../domain/store.ts";

/** The JSON of the `properties` column. */
export function propertiesOf({ id: _id, priority: _p, rank: _r, version: _v, ...properties }: Profile): string {
  return JSON.stringify(properties);
}

/**
 * A row as a driver gives it, column by column: an array costs 8 µs where an object costs 14. Integers are numbers.
 * The columns of `profileColumns` and `assignmentColumns`, in their order.
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

/** @param row the columns request and value; undefined: there is none. */
export function rememberedOf(row: Row | undefined): State["remembered"] {
  return row && { request: String(row[0]), value: String(row[1]) };
}

/** The first and the last priority of those that a command loads the ranks of. */
export function placesAround(place: number, profileCount: number): [first: number, last: number] {
  const within = Math.min(place, profileCount);
  return [within - 1, within + 1];
}

/** Ranks by priority. */
export function ranksOf(rows: readonly Row[]): ReadonlyMap<number, string> {
  return new Map(rows.map(([priority, rank]) => [Number(priority), String(rank)]));
}
