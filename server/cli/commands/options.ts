/** What several commands have: flags, what their values may be, and examples. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { defaultTenant } from "../../auth/development.ts";
import { isTenantId } from "../../auth/tenantId.ts";

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

export function seconds(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 31_536_000) return value;
  throw new InvalidArgumentError("It must be a whole number from 1 to 31536000.");
}

function uuid(text: string): string {
  if (isTenantId(text)) return text;
  throw new InvalidArgumentError(`It must be a UUID such as ${defaultTenant}.`);
}

/** Adds what a command needs that talks to a service. */
export function withService(command: Command): Command {
  return command
    .addOption(new Option("--url <url>", "the service root").default("http://127.0.0.1:3000/beta"))
    .addOption(
      new Option("--token <jwt>", "an access token (default: one of the development key in the data folder)").env(
        "TOKEN",
      ),
    )
    .addOption(tenant().conflicts("token"))
    .addOption(dataDir());
}
