/** The command `seed` loads a file into a tenant over HTTP. Running it again with the same file changes nothing. */
import { isDeepStrictEqual } from "node:util";
import { connect, describeServiceError, type ServiceFlags } from "./connection.ts";
import type { TenantEntry } from "./entries.ts";
import { openProgressBar } from "./progress.ts";
import { type CreatedCounts, deleteAll, type ExistingProfile, readTenant, writeMissing } from "./tenant.ts";
import { readTenantFile } from "./tenantFile.ts";

export interface SeedFlags extends ServiceFlags {
  readonly append?: boolean;
  readonly replace?: boolean;
  readonly json?: boolean;
}

/** The result that `--json` prints. */
interface SeedSummary {
  readonly created: CreatedCounts;
  readonly unchanged: { readonly profiles: number };
  readonly deleted: { readonly profiles: number };
}

/**
 * @throws StartRefused if the file or a flag is invalid.
 * @throws Error if loading fails. Its message is a sentence for the user.
 */
export async function seed(file: string, flags: SeedFlags): Promise<void> {
  const entries = await readTenantFile(file);
  const client = await connect(flags);
  const { signal, stop } = listenForInterrupt();
  const bar = openProgressBar("Loading");
  const created: CreatedCounts = { profiles: 0, assignments: 0 };
  let [existing, deleted]: [readonly ExistingProfile[], number] = [[], 0];
  const soFar = () =>
    `The tenant has ${existing.length + created.profiles} of the ${entries.length} profiles; the last ones may lack assignments. ` +
    (flags.append ? "Running --append again would add them a second time." : "Run the same command again to continue.");
  try {
    if (!flags.append) {
      existing = await readTenant(client, bar.progress);
      const difference = findDifference(existing, entries);
      if (difference !== undefined && !flags.replace) throw new Error(refusalMessage(existing.length, difference));
      if (difference !== undefined) {
        deleted = await deleteAll(client, existing, signal);
        existing = [];
      }
    }
    await writeMissing({ client, entries, existing, progress: bar.progress, signal, written: created });
  } catch (error) {
    const hasChanged = created.profiles + created.assignments + deleted > 0;
    throw new Error(hasChanged ? `${describeServiceError(error)} ${soFar()}` : describeServiceError(error), {
      cause: error,
    });
  } finally {
    bar.clear();
    stop();
  }
  if (signal.aborted) {
    console.error(`Interrupted. ${soFar()}`);
    process.exitCode = 130;
    return;
  }
  const summary = { created, unchanged: { profiles: existing.length }, deleted: { profiles: deleted } };
  console.log(flags.json ? JSON.stringify(summary) : describeSummary(summary));
}

/** Aborts the signal on the first Ctrl-C, so that running requests can finish. A second Ctrl-C ends the process. */
function listenForInterrupt(): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once("SIGINT", interrupt);
  return { signal: controller.signal, stop: () => process.off("SIGINT", interrupt) };
}

/**
 * Describes the first difference between the tenant and the beginning of the file. Undefined if they match.
 * Profiles are compared by their position, because names need not be unique. A profile with missing assignments is not
 * a difference, because an interrupted run can leave such profiles.
 */
function findDifference(existing: readonly ExistingProfile[], entries: readonly TenantEntry[]): string | undefined {
  for (const [index, { entry }] of existing.entries()) {
    const name = JSON.stringify(entry.displayName);
    const wanted = entries[index];
    if (!wanted) return `its profile ${name} at position ${index} is not in the file`;
    const { assignments: present = [], ...properties } = entry;
    const { assignments = [], ...others } = wanted;
    if (!isDeepStrictEqual(properties, others)) {
      return `its profile ${name} at position ${index} differs from profiles[${index}] of the file`;
    }
    if (!present.every((one) => assignments.some((other) => isDeepStrictEqual(one, other)))) {
      return `its profile ${name} at position ${index} has an assignment that profiles[${index}] of the file does not have`;
    }
  }
  return undefined;
}

function refusalMessage(count: number, difference: string): string {
  return (
    `The tenant is not empty (${withUnit(count, "profile")}) and does not match the file: ${difference}. ` +
    "Nothing was changed. --append adds the file's profiles after the existing ones; --replace first deletes those."
  );
}

function describeSummary({ created, unchanged, deleted }: SeedSummary): string {
  const changes = [
    deleted.profiles > 0 ? `deleted ${withUnit(deleted.profiles, "profile")}` : "",
    created.profiles + created.assignments > 0
      ? `created ${withUnit(created.profiles, "profile")} and ${withUnit(created.assignments, "assignment")}`
      : "",
    unchanged.profiles > 0 ? `${withUnit(unchanged.profiles, "profile")} already existed` : "",
  ].filter((text) => text !== "");
  const text = changes.join(", ") || "nothing to do";
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function withUnit(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
