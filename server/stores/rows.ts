/**
 * Rows and entities. What is searched, ordered or changed in bulk is a column; the rest of a profile is JSON in
 * `properties`, and a target is JSON in `target`.
 */
import type { Assignment, Profile } from "../domain/model.ts";

/** Column → value, as a driver gives it: JSON as text, integers as numbers. */
export type Row = Readonly<Record<string, unknown>>;

/** The JSON of the `properties` column. */
export function propertiesOf({ id: _id, priority: _priority, version: _version, ...properties }: Profile): string {
  return JSON.stringify(properties);
}

export function profileOfRow(row: Row): Profile {
  const properties: Omit<Profile, "id" | "priority" | "version"> = JSON.parse(String(row["properties"]));
  return { ...properties, id: String(row["id"]), priority: Number(row["priority"]), version: Number(row["version"]) };
}

export function assignmentOfRow(row: Row): Assignment {
  const target: Assignment["target"] = JSON.parse(String(row["target"]));
  return { id: String(row["id"]), target, version: Number(row["version"]) };
}
