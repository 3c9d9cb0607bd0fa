/** The SQL for groups of commands that change assignments of one tenant. A parameter is a column with one value per row. */
import type { Statement } from "./connections/transactions.ts";

/**
 * Loads the profiles and assignments that a group of commands names. Its parameters are the tenant, the ids of profiles, two
 * columns for assignments by id, and two for assignments by target identity. A row can be loaded twice.
 */
export const loadAssignments: Statement = {
  name: "load-assignments",
  text: `
    SELECT id, NULL, NULL::integer, NULL FROM apple_enrollment.profiles WHERE tenant = $1 AND id = ANY($2::text[])
    UNION ALL
    SELECT profile_id, id, version, target FROM apple_enrollment.assignments
    JOIN unnest($3::text[], $4::text[]) AS k(profile_id, id) USING (profile_id, id) WHERE tenant = $1
    UNION ALL
    SELECT profile_id, id, version, target FROM apple_enrollment.assignments
    JOIN unnest($5::text[], $6::text[]) AS k(profile_id, target_identity) USING (profile_id, target_identity)
    WHERE tenant = $1`,
};

/**
 * Locks and loads the same rows as `loadAssignments`. It locks profiles before their assignments, and rows of a table in the
 * order of the primary key, like every other statement. Otherwise there could be a deadlock: inserting an assignment locks
 * its profile through the foreign key, so the insertion could wait for a deletion that waits for the assignments locked
 * here.
 *
 * The last row counts the rows that existed when the statement started, but were deleted while it waited for their locks.
 */
export const lockAndLoad: Statement = {
  name: "lock-and-load",
  text: `
    WITH named AS MATERIALIZED (
      SELECT id FROM apple_enrollment.profiles WHERE tenant = $1 AND id = ANY($2::text[])
    ), profile AS MATERIALIZED (
      SELECT id FROM apple_enrollment.profiles WHERE tenant = $1 AND id = ANY($2::text[]) ORDER BY id FOR KEY SHARE
    ), found AS MATERIALIZED (
      SELECT profile_id, id FROM apple_enrollment.assignments
      JOIN unnest($3::text[], $4::text[]) AS k(profile_id, id) USING (profile_id, id) WHERE tenant = $1
      UNION
      SELECT profile_id, id FROM apple_enrollment.assignments
      JOIN unnest($5::text[], $6::text[]) AS k(profile_id, target_identity) USING (profile_id, target_identity)
      WHERE tenant = $1
    ), assignment AS MATERIALIZED (
      SELECT profile_id, id, version, target FROM apple_enrollment.assignments AS a
      JOIN found USING (profile_id, id) WHERE tenant = $1 ORDER BY profile_id, id FOR UPDATE OF a
    )
    SELECT id, NULL, NULL, NULL FROM profile
    UNION ALL
    SELECT profile_id, id, version, target FROM assignment
    UNION ALL
    SELECT NULL, NULL, (SELECT count(*) FROM named) - (SELECT count(*) FROM profile)
      + (SELECT count(*) FROM found) - (SELECT count(*) FROM assignment), NULL`,
};

/**
 * Selects the tenant from a table, because Citus runs a statement as a whole on one server only if it reads the tenant there.
 * Otherwise Citus collects the rows first, and reports a duplicate key with a different SQLSTATE.
 */
export const insertAssignments: Statement = {
  name: "insert-assignments",
  text: `
    INSERT INTO apple_enrollment.assignments (tenant, profile_id, id, version, target, target_identity)
    SELECT t.tenant, k.* FROM apple_enrollment.tenants AS t
    CROSS JOIN unnest($2::text[], $3::text[], $4::integer[], $5::text[], $6::text[]) AS k WHERE t.tenant = $1`,
};

/** Changes only the rows that still have the loaded version, and returns a row for each of them. */
export const updateAssignments: Statement = {
  name: "update-assignments",
  text: `
    UPDATE apple_enrollment.assignments AS a SET version = k.version, target = k.target
    FROM unnest($2::text[], $3::text[], $4::integer[], $5::integer[], $6::text[])
      AS k(profile_id, id, loaded, version, target)
    WHERE a.tenant = $1 AND a.profile_id = k.profile_id AND a.id = k.id AND a.version = k.loaded
    RETURNING 1`,
};

/** Deletes only the rows that still have the loaded version, and returns a row for each of them. */
export const deleteAssignments: Statement = {
  name: "delete-assignments",
  text: `
    DELETE FROM apple_enrollment.assignments AS a
    USING unnest($2::text[], $3::text[], $4::integer[]) AS k(profile_id, id, loaded)
    WHERE a.tenant = $1 AND a.profile_id = k.profile_id AND a.id = k.id AND a.version = k.loaded
    RETURNING 1`,
};
