/** Flags that several commands have, and what their values may be. */
import { InvalidArgumentError, Option } from "commander";
import { defaultTenant } from "../auth/development.ts";

export function dataDir(): Option {
  return new Option("--data-dir <folder>", "folder of the development key and the database")
    .env("DATA_DIR")
    .default("./data");
}

export function tenant(): Option {
  return new Option("--tenant <uuid>", "the tenant, claim tid").argParser(uuid).default(defaultTenant);
}

/** The end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return ["\nExamples:", ...lines].join("\n  ");
}

function uuid(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw new InvalidArgumentError(`It must be a UUID such as ${defaultTenant}.`);
}
