/** Any condition, in any spelling, matches the same rows in SQLite, in PostgreSQL and in the reference, conditionModel.ts. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { Client } from "pg";
import type { ProfilePath } from "../../server/domain/profile/properties.ts";
import {
  assignmentProperties,
  type Condition,
  type Property,
  profileProperties,
  type Value,
} from "../../server/domain/query.ts";
import { parseFilter } from "../../server/odata/filter/parser.ts";
import * as columns from "../../server/stores/columns.ts";
import { type Columns, conditionSql, postgres, sqlite } from "../../server/stores/conditionSql.ts";
import { matches } from "../support/conditionModel.ts";
import { startPostgres } from "../support/postgres.ts";
import { temporaryFolder } from "../support/setting.ts";
import { chanceOf, isWithinLimits, Speller } from "./filterSpelling.ts";
import { conditions, dates, texts, valuesOf } from "./filterTexts.ts";
import { announce, runs, seed } from "./plan.ts";

const folder = temporaryFolder();
const server = await startPostgres(folder);
const database = new DatabaseSync(":memory:");
/** Options of a database that by default does not sort text bytewise, and does not limit lower case to ASCII. */
const language = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'";
const client = new Client({ connectionString: await server.newDatabase(language) });
await client.connect();
after(async () => {
  database.close();
  await client.end();
  await server.close();
  rmSync(folder, { recursive: true });
});

type Row<Path extends string> = ReadonlyMap<Path, Value>;

interface Kind<Path extends string> {
  readonly table: string;
  readonly properties: Readonly<Record<Path, Property<Path>>>;
  readonly sqlite: Columns<Path>;
  readonly postgres: Columns<Path>;
  /** The JSON column, in the form in which the stores write it. */
  readonly json: { readonly column: string; readonly of: (row: Row<Path>) => string };
}

/** Generates a random row. Each nullable property is `null` with a probability of one third. */
function rows<Path extends string>(properties: readonly Property<Path>[]): fc.Arbitrary<Row<Path>> {
  const members = properties.map((property) => {
    const value = property.type === "dateTime" ? fc.constantFrom(...dates) : valuesOf(property);
    const entry = property.nullable ? fc.option(value, { freq: 2 }) : value;
    return entry.map((it) => [property.path, it] as const);
  });
  return fc.tuple(...members).map((entries) => new Map(entries));
}

/** Returns the text of the JSON column. For a `null` value, the member is either `null` or missing. */
function members(row: Row<string>): string {
  const entries = [...row].filter(([path, value]) => value !== null || path.length % 2 === 0);
  return JSON.stringify(Object.fromEntries(entries.map(([path, value]) => [path.replace("target/", ""), value])));
}

async function lay<Path extends string>({ table, json }: Kind<Path>, laid: readonly Row<Path>[]): Promise<void> {
  const shape = (text: string) =>
    `CREATE TABLE ${table} (place integer, id text ${text}, priority integer, ${json.column} text)`;
  database.exec(shape(""));
  await client.query(shape('COLLATE "C"'));
  for (const [place, row] of laid.entries()) {
    const values: SQLInputValue[] = [
      place,
      ...["id", "priority"].map((name) => new Map<string, Value>(row).get(name) ?? null),
      json.of(row),
    ];
    database.prepare(`INSERT INTO ${table} VALUES (?, ?, ?, ?)`).run(...values);
    await client.query(`INSERT INTO ${table} VALUES ($1, $2, $3, $4)`, values);
  }
}

function inSqlite<Path extends string>(kind: Kind<Path>, condition: Condition<Path>): unknown[] {
  const { sql, values } = conditionSql(condition, kind.sqlite, sqlite);
  const statement = database.prepare(`SELECT place FROM ${kind.table} WHERE place >= ? AND ${sql} ORDER BY place`);
  return statement.all(0, ...values).map(({ place }) => place);
}

async function inPostgres<Path extends string>(kind: Kind<Path>, condition: Condition<Path>): Promise<unknown[]> {
  const { sql, values } = conditionSql(condition, kind.postgres, postgres, 2);
  const text = `SELECT place FROM ${kind.table} WHERE place >= $1 AND ${sql} ORDER BY place`;
  const { rows } = await client.query(text, [0, ...values]);
  return rows.map(({ place }) => place);
}

function describeKind<Path extends string>(kind: Kind<Path>): void {
  const properties = Object.values<Property<Path>>(kind.properties);
  const example = fc.record({ condition: conditions(properties), spelling: fc.nat() });
  test(`matches the same ${kind.table} in every store`, async (t) => {
    announce(t, "odata/filterStores.test.ts");
    const laid = fc.sample(rows(properties), { seed, numRuns: 60 });
    await lay(kind, laid);
    const found = (condition: Condition<Path>) =>
      [...laid.entries()].filter(([, row]) => matches(condition, (path) => row.get(path))).map(([place]) => place);
    let some = 0;
    const property = fc.asyncProperty(example, async ({ condition, spelling }) => {
      const text = new Speller(kind.properties, chanceOf(spelling)).spell(condition);
      fc.pre(isWithinLimits(text, kind.properties));
      const parsed = parseFilter(text, kind.properties);
      assert.ok(parsed.ok, `${text}: ${parsed.ok ? "" : parsed.error.message}`);
      const expected = found(condition);
      if (expected.length > 0 && expected.length < laid.length) some++;
      assert.deepEqual(found(parsed.value), expected, text);
      assert.deepEqual(inSqlite(kind, parsed.value), expected, `SQLite: ${text}`);
      assert.deepEqual(await inPostgres(kind, parsed.value), expected, `PostgreSQL: ${text}`);
    });
    await fc.assert(property, { seed, numRuns: runs });
    t.diagnostic(`${some} of ${runs} conditions met some rows and not all`);
    assert.ok(some > runs / 4, "the conditions distinguish rows");
  });
}

const profiles: Kind<ProfilePath> = {
  table: "profiles",
  properties: profileProperties,
  sqlite: columns.sqliteProfileColumns,
  postgres: columns.postgresProfileColumns,
  json: { column: "properties", of: members },
};

describe("a random $filter", () => {
  describeKind(profiles);
  describeKind({
    table: "assignments",
    properties: assignmentProperties,
    sqlite: columns.sqliteAssignmentColumns,
    postgres: columns.postgresAssignmentColumns,
    json: { column: "target", of: members },
  });
});

describe("a $filter with a difficult text", () => {
  const kind: Kind<ProfilePath> = { ...profiles, table: "traps" };
  const laid = texts.map((text): Row<ProfilePath> => new Map([["displayName", text]]));
  before(() => lay(kind, laid));
  for (const text of texts) {
    test(`matches the same rows in every store: ${JSON.stringify(text)}`, async () => {
      const string = `'${text.replaceAll("'", "''")}'`;
      for (const filter of [
        ...["contains", "startswith", "endswith"].map((name) => `${name}(displayName,${string})`),
        ...["eq", "ne", "lt", "ge"].map((operator) => `displayName ${operator} ${string}`),
        `tolower(displayName) eq tolower(${string})`,
        `toupper(displayName) gt toupper(${string})`,
        `${string} gt 'B' and ${string} lt 'a'`,
      ]) {
        const parsed = parseFilter(filter, kind.properties);
        assert.ok(parsed.ok);
        const { value } = parsed;
        const expected = [...laid.keys()].filter((place) => matches(value, (path) => laid[place]?.get(path)));
        assert.deepEqual(inSqlite(kind, value), expected, `SQLite: ${filter}`);
        assert.deepEqual(await inPostgres(kind, value), expected, `PostgreSQL: ${filter}`);
      }
    });
  }
});

describe("a $filter at the limits of depth and size", () => {
  const kind: Kind<ProfilePath> = { ...profiles, table: "few_profiles" };
  const row = new Map<ProfilePath, Value>([
    ["id", "p"],
    ["displayName", "A"],
    ["priority", 1],
  ]);
  before(() => lay(kind, [row]));
  for (const [name, text] of [
    ["nested parentheses", `${"(".repeat(100)}priority eq 1${")".repeat(100)}`],
    ["nested nots", `${"not ".repeat(98)}priority eq 1`],
    ["conditions compared with true", `${"(".repeat(99)}priority eq 1${") eq true".repeat(99)}`],
    ["conditions compared with false", `${"(".repeat(99)}priority eq 1${") eq false".repeat(99)}`],
    ["nested ands and ors", `${"priority eq 1 and (priority eq 2 or (".repeat(49)}priority eq 1${"))".repeat(49)}`],
    ["nested functions in a comparison", `${"tolower(".repeat(99)}displayName${")".repeat(99)} eq 'a'`],
    ["nested functions in a function", `endswith(${"tolower(".repeat(99)}displayName${")".repeat(99)},displayName)`],
    ["100 comparisons", `priority eq 2${" or priority ge 1".repeat(99)}`],
    ["a long list", `priority in (${"2,".repeat(499)}1)`],
  ] as const) {
    test(`matches the same rows in every store: ${name}`, async () => {
      const parsed = parseFilter(text, kind.properties);
      assert.ok(parsed.ok, parsed.ok ? "" : parsed.error.message);
      const expected = matches(parsed.value, (path) => row.get(path)) ? [0] : [];
      assert.deepEqual(inSqlite(kind, parsed.value), expected);
      assert.deepEqual(await inPostgres(kind, parsed.value), expected);
    });
  }
});

describe("an index on the SQL expression of a property", () => {
  before(async () => {
    database.exec(`CREATE INDEX by_name_sqlite ON profiles (${profiles.sqlite.displayName})`);
    await client.query(`CREATE INDEX by_name_postgres ON profiles (${profiles.postgres.displayName})`);
    await client.query("SET enable_seqscan = off");
  });
  for (const text of [
    "displayName eq 'a'",
    "'a' eq displayName",
    "displayName in ('a','b')",
    "displayName gt 'a'",
    "startswith(displayName,'a')",
    "not (displayName ne 'a')",
    "displayName eq 'a' and contains(description,'x')",
  ]) {
    test(`an index on an SQL expression is used for ${text}`, async () => {
      const parsed = parseFilter(text, profiles.properties);
      assert.ok(parsed.ok);
      const { sql, values } = conditionSql(parsed.value, profiles.sqlite, sqlite);
      const plan = database.prepare(`EXPLAIN QUERY PLAN SELECT place FROM profiles WHERE ${sql}`).all(...values);
      assert.match(JSON.stringify(plan), /SEARCH profiles USING INDEX by_name_sqlite/);
      const other = conditionSql(parsed.value, profiles.postgres, postgres);
      const { rows } = await client.query(`EXPLAIN SELECT place FROM profiles WHERE ${other.sql}`, [...other.values]);
      assert.match(JSON.stringify(rows), /by_name_postgres.*Index Cond/);
    });
  }
});
