/** Parses the setting DATABASE_URL. */
import { join } from "node:path";
import { StartRefused } from "../shared/startRefused.ts";
import type { Parse } from "./parsers.ts";

export type DatabaseLocation =
  /** @member file the path of the SQLite file, or `:memory:`. */
  { readonly kind: "sqlite"; readonly file: string } | { readonly kind: "postgres"; readonly url: string };

/** Parses the URL of a database. Error messages contain only its scheme, because the rest may contain a password. */
export const parseDatabaseUrl: Parse<DatabaseLocation> = (url, name) => {
  const file = /^sqlite:(?!\/\/)(.+)$/.exec(url)?.[1];
  if (file !== undefined) return { kind: "sqlite", file };
  if (/^postgres(ql)?:\/\//.test(url)) {
    if (namesSeveralHosts(url)) {
      throw new StartRefused(
        `${name} names several hosts; it must name one. Use a name or an address that always leads to the primary server, such as that of the cluster's proxy.`,
      );
    }
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

/** PostgreSQL's own client accepts several hosts, separated by commas, but the driver of this service does not. */
function namesSeveralHosts(url: string): boolean {
  const authority = /^\w+:\/\/(?:[^/?#]*@)?([^/?#@]*)/.exec(url)?.[1] ?? "";
  return authority.includes(",") || /[?&]host=[^&]*(,|%2C)/i.test(url);
}

/** Returns the database that is used if DATABASE_URL is not set. */
export function defaultDatabase(dataDir: string): DatabaseLocation {
  return { kind: "sqlite", file: join(dataDir, "apple-enrollment.sqlite") };
}

/** Describes the database for the log, without user and password: the file of SQLite; host, port and name of PostgreSQL. */
export function describeDatabase(database: DatabaseLocation): string {
  if (database.kind === "sqlite") return database.file;
  const { host, pathname } = new URL(database.url);
  return `${host}${pathname}`;
}
