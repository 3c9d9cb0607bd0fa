/**
 * PostgreSQL's schema, one step per version; a database's version stands in `apple_enrollment.schema_version`. A
 * released step is never edited: a change is a new step at the end.
 *
 * The tenant leads every key, so that no statement can reach another tenant's rows by accident and the tables can be
 * distributed by it. Columns are as in the embedded store. Texts compare by their bytes, as SQLite's do.
 */
import { rankOfPriority } from "../ranks.ts";

export const migrations: readonly string[] = [
  `
  -- A row per tenant that has or had a profile: who changes the order of its profiles holds the row until the commit.
  CREATE TABLE apple_enrollment.tenants (
    tenant text COLLATE "C" PRIMARY KEY
  );

  CREATE TABLE apple_enrollment.profiles (
    tenant     text COLLATE "C" NOT NULL,
    id         text COLLATE "C" NOT NULL,
    priority   integer          NOT NULL,
    version    integer          NOT NULL,
    properties text             NOT NULL,
    PRIMARY KEY (tenant, id),
    -- Deferred: a shift passes through states in which two profiles have one priority.
    CONSTRAINT profiles_by_priority UNIQUE (tenant, priority) DEFERRABLE INITIALLY DEFERRED
  );

  -- Ids are UUIDs of version 7, so the order of the primary key is the order of creation. A page keeps some room, so
  -- that an update of a row finds it on the row's own page and touches no index.
  CREATE TABLE apple_enrollment.assignments (
    tenant          text COLLATE "C" NOT NULL,
    profile_id      text COLLATE "C" NOT NULL,
    id              text COLLATE "C" NOT NULL,
    target_identity text COLLATE "C" NOT NULL,
    target          text             NOT NULL,
    version         integer          NOT NULL,
    PRIMARY KEY (tenant, profile_id, id),
    UNIQUE (tenant, profile_id, target_identity),
    FOREIGN KEY (tenant, profile_id) REFERENCES apple_enrollment.profiles (tenant, id) ON DELETE CASCADE
  ) WITH (fillfactor = 85);
  `,
  `
  -- As in the embedded store.
  ALTER TABLE apple_enrollment.profiles ADD COLUMN rank text COLLATE "C" NOT NULL DEFAULT '';
  UPDATE apple_enrollment.profiles SET rank = ${rankOfPriority};
  ALTER TABLE apple_enrollment.profiles ALTER COLUMN rank DROP DEFAULT;
  CREATE UNIQUE INDEX profiles_by_rank ON apple_enrollment.profiles (tenant, rank);
  CREATE INDEX profiles_by_name ON apple_enrollment.profiles (tenant, ((properties::jsonb ->> 'displayName') COLLATE "C"));
  `,
  `
  -- As in the embedded store. Two processes that are given one key at once meet at the primary key.
  CREATE TABLE apple_enrollment.remembered (
    tenant  text COLLATE "C" NOT NULL,
    key     text COLLATE "C" NOT NULL,
    request text             NOT NULL,
    value   text             NOT NULL,
    expires bigint           NOT NULL,
    PRIMARY KEY (tenant, key)
  );
  CREATE INDEX remembered_by_expiry ON apple_enrollment.remembered (expires);
  `,
];
