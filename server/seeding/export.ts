/** The command `export` writes a tenant's content to a file for `seed`. Equal content gives the same bytes. */
import { GraphError } from "../../client/index.ts";
import { connect, describeServiceError, type ServiceFlags } from "./connection.ts";
import { openProgressBar } from "./progress.ts";
import { readTenant } from "./tenant.ts";
import { type Format, formatTenant, writeTenantFile } from "./tenantFile.ts";

export interface ExportFlags extends ServiceFlags {
  readonly output: string;
  readonly format?: Format;
}

/**
 * @throws StartRefused if a flag is invalid.
 * @throws Error if the export fails. Its message is a sentence for the user.
 */
export async function exportTenant(flags: ExportFlags): Promise<void> {
  const { output, format = output.endsWith(".json") ? "json" : "yaml" } = flags;
  const client = await connect(flags);
  const bar = openProgressBar("Reading");
  try {
    const profiles = await readTenant(client, bar.progress);
    bar.clear();
    const entries = profiles.map(({ entry }) => entry);
    await writeTenantFile(output, formatTenant(entries, format));
  } catch (error) {
    bar.clear();
    throw error instanceof GraphError ? new Error(describeServiceError(error), { cause: error }) : error;
  }
}
