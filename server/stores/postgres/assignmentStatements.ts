/** The SQL for groups of commands that change assignments. Each parameter is a column with one value per row. */
import type { Statement } from "./transactions.ts";

const byId = "unnest($1::text[], $2::text[], $3::text[]) AS k(tenant, profile_id, id)";
const byIdentity = "unnest($4::text[], $5::text[], $6::text[]) AS k(tenant, profile_id, target_identity)";

export const loadAssignments: Statement = {
  name: "load-assignments",
  text: `
    SELECT tenant, id, NULL, NULL::integer, NULL FROM apple_enrollment.profiles
    JOIN unnest($7::text[], $8::text[]) AS k(tenant, id) USING (tenant, id)
    UNION ALL
    SELECT tenant, profile_id, id, version, target FROM apple_enrollment.assignments
    JOIN ${byId} USING (tenant, profile_id, id)
    UNION ALL
    SELECT tenant, profile_id, id, version, target FROM apple_enrollment.assignments
    JOIN ${byIdentity} USING (tenant, profile_id, target_identity)`,
};

/**
 * Locks the profiles before their assignments, because a statement that deletes a profile uses the same order. Otherwise
 * there could be a deadlock: inserting an assignment locks its profile through the foreign key, so the insertion could
 * wait for a deletion that waits for the assignments locked here.
 */
export const lockProfiles: Statement = {
  name: "lock-profiles",
  text: `
    SELECT FROM apple_enrollment.profiles AS p
    JOIN unnest($1::text[], $2::text[]) AS k(tenant, id) USING (tenant, id)
    ORDER BY p.tenant, p.id
    FOR KEY SHARE OF p`,
};

/** Every write locks rows in the order of the primary key, so that concurrent groups cannot cause a deadlock. */
export const lockAssignments: Statement = {
  name: "lock-assignments",
  text: `
    WITH wanted AS (
      SELECT tenant, profile_id, id FROM ${byId}
      UNION
      SELECT tenant, profile_id, id FROM apple_enrollment.assignments
      JOIN ${byIdentity} USING (tenant, profile_id, target_identity)
    )
    SELECT FROM apple_enrollment.assignments AS a
    JOIN wanted USING (tenant, profile_id, id)
    ORDER BY a.tenant, a.profile_id, a.id
    FOR UPDATE OF a`,
};

export const insertAssignments: Statement = {
  name: "insert-assignments",
  text: `
    INSERT INTO apple_enrollment.assignments (tenant, profile_id, id, version, target, target_identity)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[])`,
};

/** If a row has changed since it was loaded, fails with division_by_zero, which undoes the whole statement. */
const unlessChanged = "SELECT 1 / (count(*) = cardinality($1::text[]))::integer FROM done";

export const updateAssignments: Statement = {
  name: "update-assignments",
  text: `
    WITH done AS (
      UPDATE apple_enrollment.assignments AS a
      SET version = k.version, target = k.target
      FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::integer[])
        AS k(tenant, profile_id, id, version, target, loaded)
      WHERE a.tenant = k.tenant AND a.profile_id = k.profile_id AND a.id = k.id AND a.version = k.loaded
      RETURNING 1
    )
    ${unlessChanged}`,
};

export const deleteAssignments: Statement = {
  name: "delete-assignments",
  text: `
    WITH done AS (
      DELETE FROM apple_enrollment.assignments AS a
      USING unnest($1::text[], $2::text[], $3::text[], $4::integer[]) AS k(tenant, profile_id, id, loaded)
      WHERE a.tenant = k.tenant AND a.profile_id = k.profile_id AND a.id = k.id AND a.version = k.loaded
      RETURNING 1
    )
    ${unlessChanged}`,
};
