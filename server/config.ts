/** Settings: each has an environment variable and a flag of the same name (DATA_DIR, --data-dir); a flag wins. */
import { join } from "node:path";
import { StartRefused } from "./startRefused.ts";

export interface Config {
  /** The address to listen on. */
  readonly host: string;
  /** The TCP port to listen on; 0: any free one. */
  readonly port: number;
  /** The folder of the development key and, unless databaseUrl says otherwise, of the database. */
  readonly dataDir: string;
  /** The SQLite file of the store, or `:memory:`. */
  readonly database: string;
}

export interface Settings {
  readonly host: string;
  readonly port: string;
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
}

/** @throws StartRefused */
export function configOf({ host, port, dataDir, databaseUrl }: Settings): Config {
  if (host === "") throw new StartRefused("HOST is empty; it must be an address to listen on, such as 127.0.0.1.");
  if (dataDir === "") throw new StartRefused("DATA_DIR is empty; it must be a folder, such as ./data.");
  return { host, port: portOf(port), dataDir, database: databaseOf(databaseUrl, dataDir) };
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new StartRefused(`PORT is '${text}'; it must be a number from 0 to 65535.`);
}

function databaseOf(url: string | undefined, dataDir: string): string {
  // Compose files set what they leave open to nothing.
  if (url === undefined || url === "") return join(dataDir, "apple-enrollment.sqlite");
  const file = /^sqlite:(?!\/\/)(.+)$/.exec(url)?.[1];
  if (file !== undefined) return file;
  const [start = ""] = /^\w*:?(\/\/)?/.exec(url) ?? [];
  throw new StartRefused(
    `DATABASE_URL must be sqlite:<file>, or sqlite::memory: for a store that forgets; it begins with '${start}'.`,
  );
}
