/** `export`: writes what a tenant has as the file that `seed` takes, the same tenant always as the same bytes. */
import { GraphError } from "../../client/index.ts";
import { connect, type ServiceFlags, sentenceOf } from "./connection.ts";
import { openBar } from "./progress.ts";
import { readTenant } from "./tenant.ts";
import { type Format, textOf, writeTenantFile } from "./tenantFile.ts";

export interface ExportFlags extends ServiceFlags {
  readonly output: string;
  readonly format?: Format;
}

/** @throws StartRefused for a flag that can't be, Error with a sentence for what went wrong on the way. */
export async function exportTenant(flags: ExportFlags): Promise<void> {
  const { output, format = output.endsWith(".json") ? "json" : "yaml" } = flags;
  const client = await connect(flags);
  const bar = openBar("Reading");
  try {
    const placed = await readTenant(client, bar.progress);
    bar.clear();
    const entries = placed.map(({ entry }) => entry);
    await writeTenantFile(output, textOf(entries, format));
  } catch (error) {
    bar.clear();
    throw error instanceof GraphError ? new Error(sentenceOf(error), { cause: error }) : error;
  }
}
