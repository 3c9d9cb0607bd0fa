/** Checks the stores' query plans. In a tenant of 100,000 profiles, a list must read only the rows that it returns. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, describe, test } from "node:test";
import { Client } from "pg";
import type { ProfileKey } from "../../server/domain/store.ts";
import { profileList } from "../../server/graph/collections.ts";
import type { ListOptions } from "../../server/odata/listOptions.ts";
import type { Sql } from "../../server/stores/conditionSql.ts";
import { countSql, listSql, type Source } from "../../server/stores/listSql.ts";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import { profileSource as inPostgres } from "../../server/stores/postgres/reads.ts";
import { rankOfPriority } from "../../server/stores/ranks.ts";
import { profileColumns } from "../../server/stores/rows.ts";
import { profileSource as inSqlite } from "../../server/stores/sqlite/reads.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { startPostgres } from "../support/postgres.ts";
import { temporaryFolder } from "../support/setting.ts";

const folder = temporaryFolder();
const server = await startPostgres(folder);
const url = await server.newDatabase();
const file = join(folder, "many.sqlite");
await openSqliteStore(file).close();
await (await openPostgresStore(url)).close();
const database = new DatabaseSync(file);
const client = new Client({ connectionString: url });
await client.connect();
after(async () => {
  database.close();
  await client.end();
  await server.close();
  rmSync(folder, { recursive: true });
});

const tenant = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const rows = 100_000;

/** SQL for rows of one tenant. The order of their names differs from the order of their priorities. */
const values = (properties: string) => `
  SELECT '${tenant}', 'p' || priority, priority, ${rankOfPriority}, 1, ${properties} FROM numbers`;
const columns = "(tenant, id, priority, rank, version, properties)";
const nameOf = (function_: string, text: string) =>
  `${function_}('displayName', 'n' || ((priority * 7919) % ${rows}), 'description', 'd' || priority)${text}`;

database.exec(`
  BEGIN;
  WITH RECURSIVE numbers (priority) AS (SELECT 0 UNION ALL SELECT priority + 1 FROM numbers WHERE priority < ${rows - 1})
  INSERT INTO profiles ${columns} ${values(nameOf("json_object", ""))};
  COMMIT`);
await client.query(`
  WITH numbers AS (SELECT generate_series(0, ${rows - 1}) AS priority)
  INSERT INTO apple_enrollment.profiles ${columns} ${values(nameOf("json_build_object", "::text"))}`);

/** Returns the SQL of a list request, which consists of a query for the page and a query for the count. */
function asked(source: Source<ProfileKey>, options: ListOptions): { readonly page: Sql; readonly count: Sql } {
  const query = profileList(options, { includeUnknownEnumMembers: false });
  assert.ok(query.ok);
  const { list } = query.value;
  return { page: listSql(source, profileColumns, list), count: countSql(source, list.condition) };
}

function sqlitePlan({ sql, values }: Sql): string {
  const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
  return steps.map(({ detail }) => String(detail)).join("\n");
}

async function postgresPlan({ sql, values }: Sql): Promise<string> {
  const { rows } = await client.query(`EXPLAIN ${sql}`, [...values]);
  return rows.map((row) => String(row["QUERY PLAN"])).join("\n");
}

/** Returns the query options of the next link to the second page in the default order. */
function secondPage(): ListOptions {
  const query = profileList({}, { includeUnknownEnumMembers: false });
  assert.ok(query.ok);
  const shown = Array.from({ length: 1001 }, (_, index) => `d${String(index).padStart(4, "0")}`);
  const nextQuery = query.value.next(shown, query.value.pageSize, (rank) => rank);
  return { $skiptoken: new URLSearchParams(nextQuery).get("$skiptoken") ?? "" };
}

const pages: readonly (readonly [what: string, index: string, options: ListOptions])[] = [
  ["the first page", "profiles_by_rank", {}],
  ["the second page", "profiles_by_rank", secondPage()],
  ["a page of ten profiles in reverse order", "profiles_by_rank", { $top: 10, $orderby: "priority desc" }],
  ["a page sorted by name", "profiles_by_name", { $top: 10, $orderby: "displayName" }],
  ["a filter by one name", "profiles_by_name", { $filter: "displayName eq 'n77777'" }],
  ["a filter by several names", "profiles_by_name", { $filter: "displayName in ('n1','n2')" }],
  ["a filter by the beginning of the name", "profiles_by_name", { $filter: "startswith(displayName,'n7777')" }],
  [
    "a filter by one name and another condition",
    "profiles_by_name",
    { $filter: "displayName eq 'n1' and contains(description,'d')" },
  ],
  ["a filter by one name, in pages", "profiles_by_name", { $filter: "displayName eq 'n77777'", $top: 1 }],
];

describe("an index is used by the query planner", () => {
  for (const analysed of [false, true]) {
    const when = analysed ? "analysed" : "new";
    test(`both databases use an index for every list, with ${when} tables`, async (t) => {
      if (analysed) {
        database.exec("ANALYZE");
        await client.query("ANALYZE apple_enrollment.profiles");
      }
      for (const [what, index, options] of pages) {
        await t.test(`an index is used for ${what}`, async () => {
          const here = asked(inSqlite(tenant), options);
          assert.match(sqlitePlan(here.page), new RegExp(`SEARCH profiles USING INDEX ${index} `));
          const there = asked(inPostgres(tenant), options);
          const plan = await postgresPlan(there.page);
          assert.match(plan, new RegExp(index));
          assert.doesNotMatch(plan, /Seq Scan/);
          if (options.$filter === undefined) return;
          assert.match(sqlitePlan(here.page), /tenant=\? AND/);
          assert.match(plan, /Index Cond: .*displayName/);
          assert.match(sqlitePlan(here.count), new RegExp(`SEARCH profiles USING (COVERING )?INDEX ${index} `));
          const counting = await postgresPlan(there.count);
          assert.match(counting, /Index Cond: .*displayName/);
          assert.doesNotMatch(counting, /Seq Scan/);
        });
      }
    });
  }
});
