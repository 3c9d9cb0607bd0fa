/**
 * The PostgreSQL schema as a list of migrations, one per version. The table `apple_enrollment.schema_version` contains
 * the version of a database. Never edit a released migration. To change the schema, add a migration at the end.
 *
 * Every key starts with the tenant, so that no statement reaches another tenant's rows by accident, and so that the
 * tables can be distributed by tenant. The columns are the same as in the SQLite store. Text is also compared byte by
 * byte, as in SQLite.
 */
import { rankOfPriority } from "../ranks.ts";

export const migrations: readonly string[] = [
  `
  -- A row for each tenant that has or had a profile. A change of the order of its profiles locks the row until the commit.
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
    -- Deferred, because two profiles have the same priority for a moment while priorities are shifted.
    CONSTRAINT profiles_by_priority UNIQUE (tenant, priority) DEFERRABLE INITIALLY DEFERRED
  );

  -- Ids are UUIDs of version 7, so the order of the primary key is the order of creation. The fill factor leaves free
  -- space on each page. An update can then stay on the page of its row and does not change an index.
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
  -- See the same step of the SQLite store.
  ALTER TABLE apple_enrollment.profiles ADD COLUMN rank text COLLATE "C" NOT NULL DEFAULT '';
  UPDATE apple_enrollment.profiles SET rank = ${rankOfPriority};
  ALTER TABLE apple_enrollment.profiles ALTER COLUMN rank DROP DEFAULT;
  CREATE UNIQUE INDEX profiles_by_rank ON apple_enrollment.profiles (tenant, rank);
  CREATE INDEX profiles_by_name ON apple_enrollment.profiles (tenant, ((properties::jsonb ->> 'displayName') COLLATE "C"));
  `,
  `
  -- See the same step of the SQLite store. If two processes insert the same key, the primary key makes one of them fail.
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
  `
  -- See the same step of the SQLite store; lower() with the collation C folds A to Z only. The lock blocks the writes of
  -- processes that are still running until the commit.
  LOCK TABLE apple_enrollment.assignments IN SHARE ROW EXCLUSIVE MODE;
  UPDATE apple_enrollment.assignments SET target_identity = id;
  UPDATE apple_enrollment.assignments SET target_identity =
    replace(replace(target::jsonb ->> '@odata.type', '#', ''), 'microsoft.graph.', '') || ':' ||
    lower(coalesce(target::jsonb ->> 'groupId', target::jsonb ->> 'collectionId', '') COLLATE "C");
  `,
  `
  -- Expired answers are deleted in the tenant whose request is answered, because each statement names one tenant.
  CREATE INDEX remembered_by_tenant_and_expiry ON apple_enrollment.remembered (tenant, expires);
  DROP INDEX apple_enrollment.remembered_by_expiry;
  `,
];
