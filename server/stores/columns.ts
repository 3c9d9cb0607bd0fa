/**
 * Where a property's value stands in a row, as an SQL expression. An index is used only by the very expression it was
 * made with, and a test looks at the plans. Text compares by its bytes in both stores.
 */
import type { ProfilePath } from "../domain/profile/properties.ts";
import type { AssignmentPath } from "../domain/query.ts";
import type { Columns } from "./conditionSql.ts";

type Member<Path extends string> = Path extends `target/${infer Name}` ? Name : Path;

export const sqliteProfileColumns: Columns<ProfilePath> = profileColumns(inSqlite);
export const sqliteAssignmentColumns: Columns<AssignmentPath> = assignmentColumns(inSqlite);
export const postgresProfileColumns: Columns<ProfilePath> = profileColumns(inPostgres);
export const postgresAssignmentColumns: Columns<AssignmentPath> = assignmentColumns(inPostgres);

/** A member of a column of JSON; null if it is not there. */
type InJson = (column: "properties" | "target", member: Member<ProfilePath | AssignmentPath>) => string;

function inSqlite(column: string, member: string): string {
  return `(${column} ->> '$.${member}')`;
}

function inPostgres(column: string, member: string): string {
  return `((${column}::jsonb ->> '${member}') COLLATE "C")`;
}

function profileColumns(inJson: InJson): Columns<ProfilePath> {
  return {
    id: "id",
    displayName: inJson("properties", "displayName"),
    description: inJson("properties", "description"),
    priority: "priority",
    platform: inJson("properties", "platform"),
    createdDateTime: inJson("properties", "createdDateTime"),
    lastModifiedDateTime: inJson("properties", "lastModifiedDateTime"),
    defaultEnrollmentType: inJson("properties", "defaultEnrollmentType"),
  };
}

function assignmentColumns(inJson: InJson): Columns<AssignmentPath> {
  return {
    id: "id",
    "target/groupId": inJson("target", "groupId"),
    "target/collectionId": inJson("target", "collectionId"),
    "target/deviceAndAppManagementAssignmentFilterId": inJson("target", "deviceAndAppManagementAssignmentFilterId"),
    "target/deviceAndAppManagementAssignmentFilterType": inJson("target", "deviceAndAppManagementAssignmentFilterType"),
  };
}
