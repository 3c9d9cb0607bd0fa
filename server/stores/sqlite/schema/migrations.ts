/**
 * The SQLite schema as a list of migrations, one per version. The version of a database is its `PRAGMA user_version`.
 * Never edit a released migration. To change the schema, add a migration at the end.
 *
 * Every key starts with the tenant, so that no statement reaches another tenant's rows by accident. Ids, priorities, ranks
 * and versions have a column. The other properties of a profile are JSON in `properties`, and an assignment's target is JSON
 * in `target`.
 */

import { rankOfPriority } from "../../ranks.ts";

export const migrations: readonly string[] = [
  `
  -- The index of priorities is not unique: SQLite checks UNIQUE after each row, so a unique index would prevent shifts.
  -- The store itself keeps the priorities 0…n-1.
  CREATE TABLE profiles (
    tenant     TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    priority   INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    properties TEXT    NOT NULL,
    PRIMARY KEY (tenant, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX profiles_by_priority ON profiles (tenant, priority);

  -- Ids are UUIDs of version 7, so the order of the primary key is the order of creation.
  CREATE TABLE assignments (
    tenant          TEXT    NOT NULL,
    profile_id      TEXT    NOT NULL,
    id              TEXT    NOT NULL,
    target_identity TEXT    NOT NULL,
    target          TEXT    NOT NULL,
    version         INTEGER NOT NULL,
    PRIMARY KEY (tenant, profile_id, id),
    UNIQUE (tenant, profile_id, target_identity),
    FOREIGN KEY (tenant, profile_id) REFERENCES profiles (tenant, id) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Pages of a list end at a rank, because it does not change when other profiles are created or deleted. Existing
  -- profiles get a rank by their priority.
  ALTER TABLE profiles ADD COLUMN rank TEXT NOT NULL DEFAULT '';
  UPDATE profiles SET rank = ${rankOfPriority};
  CREATE UNIQUE INDEX profiles_by_rank ON profiles (tenant, rank);

  -- For searches by name.
  CREATE INDEX profiles_by_name ON profiles (tenant, properties ->> '$.displayName');

  -- The statistics that ANALYZE would find in a large table: rows, rows of one tenant, rows of one key in the tenant.
  -- Without them, a search by name reads all of the tenant's profiles by rank. They are fixed here and not measured, so
  -- that plans never change and tests can check them.
  ANALYZE profiles;
  DELETE FROM sqlite_stat1 WHERE tbl = 'profiles';
  INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('profiles', 'profiles', '1000000 10000 1'),
    ('profiles', 'profiles_by_priority', '1000000 10000 1'),
    ('profiles', 'profiles_by_rank', '1000000 10000 1'),
    ('profiles', 'profiles_by_name', '1000000 10000 2');
  ANALYZE sqlite_schema;
  `,
  `
  -- Answers to repeatable requests. The table has row ids, because a value can be as large as a request body.
  CREATE TABLE remembered (
    tenant  TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    request TEXT    NOT NULL,
    value   TEXT    NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (tenant, key)
  ) STRICT;
  CREATE INDEX remembered_by_expiry ON remembered (expires);
  `,
  `
  -- When target keys are compared, only the case of A to Z is ignored now (server/domain/targets.ts). SQLite's lower() folds
  -- exactly these letters. SQLite checks UNIQUE row by row, so each identity first gets a value that no target has.
  UPDATE assignments SET target_identity = id;
  UPDATE assignments SET target_identity =
    replace(replace(target ->> '$."@odata.type"', '#', ''), 'microsoft.graph.', '') || ':' ||
    lower(coalesce(target ->> '$.groupId', target ->> '$.collectionId', ''));
  `,
  `
  -- A profile whose assignments are still being deleted has a negative priority (removals.ts).
  CREATE INDEX profiles_being_deleted ON profiles (tenant, id) WHERE priority < 0;
  `,
];
