/** Compares the schema of a database with the schema that the migrations create. */
import { DatabaseSync } from "node:sqlite";
import { short } from "../../../domain/errors.ts";
import { migrations } from "./migrations.ts";

/** The parts of a table that this program's statements rely on: columns, foreign keys and unique indexes. */
const tableQueries = [
  "SELECT wr, strict FROM pragma_table_list(?) WHERE schema = 'main'",
  'SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?) ORDER BY cid',
  'SELECT "table", "from", "to", on_update, on_delete FROM pragma_foreign_key_list(?) ORDER BY id, seq',
  'SELECT name, origin, partial FROM pragma_index_list(?) WHERE "unique" ORDER BY name',
];

/**
 * Returns how a database differs from the given schema version, as the end of a sentence. Undefined if it contains every
 * table and index of that version, and no trigger or view. Other tables are ignored, because they change nothing.
 */
export function describeSchemaDifference(database: DatabaseSync, version: number): string | undefined {
  const expected = new DatabaseSync(":memory:");
  try {
    for (const migration of migrations.slice(0, version)) expected.exec(migration);
    const known = readObjects(expected);
    const found = readObjects(database);
    for (const [name, type] of found) {
      const isForeign = (type === "trigger" || type === "view") && known.get(name) !== type;
      if (isForeign) return `it has the ${type} ${short(name)}, which is not part of this program's database`;
    }
    for (const [name, type] of known) {
      if (found.get(name) !== type) return `its ${type} ${short(name)} is missing`;
    }
    for (const [name, type] of known) {
      if (type === "table" && describeTable(database, name) !== describeTable(expected, name))
        return `its table ${short(name)} differs from schema version ${version}`;
    }
    return undefined;
  } finally {
    expected.close();
  }
}

/** Returns the type of each table, index, trigger and view by its name, without SQLite's own. */
function readObjects(database: DatabaseSync): ReadonlyMap<string, string> {
  const rows = database.prepare("SELECT name, type FROM sqlite_schema WHERE substr(name, 1, 7) <> 'sqlite_'").all();
  return new Map(rows.map(({ name, type }) => [String(name), String(type)]));
}

function describeTable(database: DatabaseSync, name: string): string {
  return JSON.stringify(tableQueries.map((sql) => database.prepare(sql).all(name)));
}
