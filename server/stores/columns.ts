/**
 * The SQL expression of each property. The database uses an index only if a query contains exactly the expression with
 * which the index was created. A test checks the query plans. Both stores compare text byte by byte.
 */
import type { ProfilePath } from "../domain/profile/properties.ts";
import type { AssignmentPath } from "../domain/query.ts";
import type { ProfileKey } from "../domain/store.ts";
import type { Columns } from "./conditionSql.ts";

type Member<Path extends string> = Path extends `target/${infer Name}` ? Name : Path;

export const sqliteProfileColumns: Columns<ProfileKey> = profileColumns(inSqlite);
export const sqliteAssignmentColumns: Columns<AssignmentPath> = assignmentColumns(inSqlite);
export const postgresProfileColumns: Columns<ProfileKey> = profileColumns(inPostgres);
export const postgresAssignmentColumns: Columns<AssignmentPath> = assignmentColumns(inPostgres);

/** Returns the SQL expression for a member of a JSON column. The expression is NULL if the member is missing. */
type InJson = (column: "properties" | "target", member: Member<ProfilePath | AssignmentPath>) => string;

function inSqlite(column: string, member: string): string {
  return `(${column} ->> '$.${member}')`;
}

function inPostgres(column: string, member: string): string {
  return `((${column}::jsonb ->> '${member}') COLLATE "C")`;
}

function profileColumns(inJson: InJson): Columns<ProfileKey> {
  return {
    id: "id",
    displayName: inJson("properties", "displayName"),
    description: inJson("properties", "description"),
    priority: "priority",
    rank: "rank",
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
