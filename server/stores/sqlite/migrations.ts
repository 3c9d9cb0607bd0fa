/**
 * The embedded store's schema, one step per version; a database's version is its `PRAGMA user_version`. A released
 * step is never edited: a change is a new step at the end.
 *
 * The tenant leads every key, so that no statement can reach another tenant's rows by accident. What is searched,
 * ordered or changed in bulk is a column; the rest of an entity is JSON in `properties`.
 */

import { rankOfPriority } from "../ranks.ts";

export const migrations: readonly string[] = [
  `
  -- Priorities are 0…n-1 by construction: SQLite checks UNIQUE row by row, so a unique index would refuse to shift them.
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
  -- Pages of a list end at a rank, which others' coming and going doesn't change; profiles of before get one by priority.
  ALTER TABLE profiles ADD COLUMN rank TEXT NOT NULL DEFAULT '';
  UPDATE profiles SET rank = ${rankOfPriority};
  CREATE UNIQUE INDEX profiles_by_rank ON profiles (tenant, rank);

  -- What callers search by.
  CREATE INDEX profiles_by_name ON profiles (tenant, properties ->> '$.displayName');

  -- What SQLite believes of the tables, as ANALYZE would say it of a large one: rows, then rows of one tenant, then those
  -- of one key in it. Without it, the profiles of a name are sought among all of the tenant's, by rank. Said here once and
  -- not counted, so that a plan is the same on every day and the tests know it.
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
  -- What requests with a key of their own were answered with. With row ids: a value may be as large as a body.
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
];
