/** Databases of schema version 1 are migrated, and then behave like new databases. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, describe, test } from "node:test";
import { Client } from "pg";
import { createAssignment } from "../../server/domain/commands/assignments.ts";
import { createProfile, deleteProfile, setPriority } from "../../server/domain/commands/profiles.ts";
import type { Store } from "../../server/domain/store.ts";
import { profileList } from "../../server/graph/collections.ts";
import { migrations as postgresMigrations } from "../../server/stores/postgres/migrations.ts";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import { migrations as sqliteMigrations } from "../../server/stores/sqlite/schema/migrations.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { startPostgres } from "../support/postgres.ts";
import { temporaryFolder } from "../support/setting.ts";

const folder = temporaryFolder();
const server = await startPostgres(folder);
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const tenant = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const other = "bbbbbbbb-0000-cccc-1111-dddd2222eeee";
/** Enough profiles that their ranks differ in more than the last digit. */
const size = 200;
const now = "2026-11-23T12:00:00.000Z";
const properties = {
  displayName: "it's old",
  description: null,
  platform: "iOS",
  defaultEnrollmentType: "unknown",
  availableEnrollmentTypeOptions: [],
} as const;

const groupTarget = (groupId: string) =>
  ({ "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId }) as const;

/** Returns SQL that inserts rows of schema version 1 in no particular order. @param schema prefix of the table names. */
function rows(schema: string): string {
  const json = JSON.stringify({ ...properties, createdDateTime: now, lastModifiedDateTime: now }).replaceAll("'", "''");
  const places = Array.from({ length: size }, (_, index) => (index * 77) % size);
  const all = [...places.map((place) => [tenant, place] as const), [other, 0] as const];
  return `INSERT INTO ${schema}profiles (tenant, id, priority, version, properties) VALUES
    ${all.map(([owner, place]) => `('${owner}', 'p${place}', ${place}, 3, '${json}')`).join(",")};
    INSERT INTO ${schema}assignments (tenant, profile_id, id, target_identity, target, version)
    VALUES ('${tenant}', 'p7', 'a', 'groupAssignmentTarget:strasse', '${JSON.stringify(groupTarget("Straße"))}', 1);`;
}

async function oldSqlite(): Promise<() => Promise<Store>> {
  const file = join(folder, "old.sqlite");
  const database = new DatabaseSync(file);
  database.exec(`${sqliteMigrations[0]}; PRAGMA application_id = ${0x61706c65}; PRAGMA user_version = 1; ${rows("")}`);
  database.close();
  return async () => openSqliteStore(file);
}

async function oldPostgres(): Promise<() => Promise<Store>> {
  const url = await server.newDatabase();
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`
    CREATE SCHEMA apple_enrollment;
    CREATE TABLE apple_enrollment.schema_version (version integer NOT NULL);
    INSERT INTO apple_enrollment.schema_version VALUES (1);
    ${postgresMigrations[0]}
    ${rows("apple_enrollment.")}
    INSERT INTO apple_enrollment.tenants VALUES ('${tenant}'), ('${other}')`);
  await client.end();
  return () => openPostgresStore(url);
}

/** Reads the ids of the tenant's profiles in pages of seven. */
async function paged(store: Store): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let $skiptoken: string | null | undefined; $skiptoken !== null; ) {
    const options = { $top: 7, ...($skiptoken !== undefined && { $skiptoken }) };
    const query = profileList(options, { includeUnknownEnumMembers: false });
    assert.ok(query.ok);
    const found = await store.read.profiles(tenant, query.value.list);
    const entities = found.slice(0, query.value.pageSize);
    ids.push(...entities.map(({ id }) => id));
    const nextQuery = query.value.next(found, entities.length, (one, key) => one[key]);
    $skiptoken = new URLSearchParams(nextQuery).get("$skiptoken");
  }
  return ids;
}

for (const [name, make] of [
  ["SQLite", oldSqlite],
  ["PostgreSQL", oldPostgres],
] as const) {
  describe(`a ${name} store of schema version 1`, () => {
    test("lists and moves its profiles correctly after the migration, and can be opened again", async () => {
      const open = await make();
      let store = await open();
      let ids: readonly string[] = Array.from({ length: size }, (_, index) => `p${index}`);
      const assertOrder = async () => {
        const found = await store.read.profiles(tenant);
        assert.deepEqual(
          found.map(({ id, priority }) => `${id} ${priority}`),
          ids.map((id, index) => `${id} ${index}`),
        );
        assert.deepEqual(await paged(store), ids);
      };
      await assertOrder();
      const [first] = await store.read.profiles(tenant);
      const { rank: _, ...shown } = first ?? { rank: "" };
      const old = { ...properties, createdDateTime: now, lastModifiedDateTime: now, version: 3 };
      assert.deepEqual(shown, { ...old, id: "p0", priority: 0 });
      assert.equal((await store.read.assignments(tenant, "p7"))?.length, 1);
      const assign = (groupId: string) =>
        store.decide(tenant, createAssignment({ profileId: "p7", target: groupTarget(groupId), newId: () => groupId }));
      // Older versions took `ß` and `SS` for the same; now only the letters A to Z are compared without regard to case.
      assert.equal((await assign("STRAßE")).ok, false);
      assert.equal((await assign("STRASSE")).ok, true);

      const create = (newId: string, priority: number | undefined) =>
        store.decide(tenant, createProfile({ properties, priority, newId: () => newId, now }));
      const move = async (id: string, priority: number) => {
        await store.decide(tenant, setPriority({ profileId: id, priority, now }));
        ids = ids.filter((one) => one !== id).toSpliced(priority, 0, id);
      };
      await create("first", 0);
      await create("between", 63);
      await create("last", undefined);
      ids = ["first", ...ids.slice(0, 62), "between", ...ids.slice(62), "last"];
      await move("p199", 0);
      await move("p0", 202);
      await move("p61", 62);
      await store.decide(tenant, deleteProfile({ profileId: "p62", preconditions: {} }));
      ids = ids.filter((id) => id !== "p62");
      await assertOrder();
      await store.close();
      store = await open();
      await assertOrder();
      assert.deepEqual(
        (await store.read.profiles(other)).map(({ id }) => id),
        ["p0"],
      );
      await store.close();
    });
  });
}
