/** The database that DATABASE_URL names. */
import { join } from "node:path";
import { StartRefused } from "../shared/startRefused.ts";
import type { Parse } from "./parsers.ts";

export type DatabaseLocation =
  /** @member file path of the SQLite file, or `:memory:`. */
  { readonly kind: "sqlite"; readonly file: string } | { readonly kind: "postgres"; readonly url: string };

/** Never repeats more of the text than its scheme: the rest may hold a password. */
export const parseDatabaseUrl: Parse<DatabaseLocation> = (url, name) => {
  const file = /^sqlite:(?!\/\/)(.+)$/.exec(url)?.[1];
  if (file !== undefined) return { kind: "sqlite", file };
  if (/^postgres(ql)?:\/\//.test(url)) {
    if (URL.canParse(url)) return { kind: "postgres", url };
    throw new StartRefused(
      `${name} is not a valid URL; it must be postgres://user:password@host:port/database, with the special characters of the password percent-encoded.`,
    );
  }
  const [start = ""] = /^\w*:?(\/\/)?/.exec(url) ?? [];
  throw new StartRefused(
    `${name} begins with '${start}'; it must be sqlite:<file>, sqlite::memory: (nothing is saved), or postgres://….`,
  );
};

/** The database of a service without DATABASE_URL. */
export function defaultDatabase(dataDir: string): DatabaseLocation {
  return { kind: "sqlite", file: join(dataDir, "apple-enrollment.sqlite") };
}

/** The database without its user and password, for the log: the file, or host, port and name. */
export function describeDatabase(database: DatabaseLocation): string {
  if (database.kind === "sqlite") return database.file;
  const { host, pathname } = new URL(database.url);
  return `${host}${pathname}`;
}
