/** `seed`: makes a tenant have what a file says, over HTTP, so that the same again changes nothing. */
import { isDeepStrictEqual } from "node:util";
import { connect, type ServiceFlags, sentenceOf } from "./connection.ts";
import type { Entry } from "./entries.ts";
import { openBar } from "./progress.ts";
import { deleteAll, type Placed, readTenant, type Written, writeMissing } from "./tenant.ts";
import { readTenantFile } from "./tenantFile.ts";

export interface SeedFlags extends ServiceFlags {
  readonly append?: boolean;
  readonly replace?: boolean;
  readonly json?: boolean;
}

/** What was done, as `--json` prints it. */
interface Summary {
  readonly created: Written;
  readonly unchanged: { readonly profiles: number };
  readonly deleted: { readonly profiles: number };
}

/** @throws StartRefused for a file or flag that can't be, Error with a sentence for what went wrong on the way. */
export async function seed(file: string, flags: SeedFlags): Promise<void> {
  const entries = await readTenantFile(file);
  const client = await connect(flags);
  const { signal, stop } = interruption();
  const bar = openBar("Loading");
  const created: Written = { profiles: 0, assignments: 0 };
  let [there, deleted]: [readonly Placed[], number] = [[], 0];
  const soFar = () =>
    `${there.length + created.profiles} of ${entries.length} profiles are there, the last perhaps without all their assignments. ` +
    (flags.append ? "--append again would add them once more." : "The same command again goes on from here.");
  try {
    if (!flags.append) {
      there = await readTenant(client, bar.progress);
      const difference = differenceOf(there, entries);
      if (difference !== undefined && !flags.replace) throw new Error(refusal(there.length, difference));
      if (difference !== undefined) {
        deleted = await deleteAll(client, there, signal);
        there = [];
      }
    }
    await writeMissing({ client, entries, there, progress: bar.progress, signal, written: created });
  } catch (error) {
    const begun = created.profiles + created.assignments + deleted > 0;
    throw new Error(begun ? `${sentenceOf(error)} ${soFar()}` : sentenceOf(error), { cause: error });
  } finally {
    bar.clear();
    stop();
  }
  if (signal.aborted) {
    console.error(`Interrupted. ${soFar()}`);
    process.exitCode = 130;
    return;
  }
  const summary = { created, unchanged: { profiles: there.length }, deleted: { profiles: deleted } };
  console.log(flags.json ? JSON.stringify(summary) : sentencesOf(summary));
}

/** Ctrl-C as a signal: what has begun is finished. A second one ends the process at once. */
function interruption(): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once("SIGINT", interrupt);
  return { signal: controller.signal, stop: () => process.off("SIGINT", interrupt) };
}

/**
 * Why what is there is not a beginning of the file, or undefined if it is. Profiles are told apart by their place: their
 * names need not be different. What is there may lack assignments, as after an interruption.
 */
function differenceOf(there: readonly Placed[], entries: readonly Entry[]): string | undefined {
  for (const [index, { entry }] of there.entries()) {
    const name = JSON.stringify(entry.displayName);
    const wanted = entries[index];
    if (!wanted) return `${name} is not in the file`;
    const { assignments: present = [], ...properties } = entry;
    const { assignments = [], ...others } = wanted;
    const isThere = isDeepStrictEqual(properties, others);
    if (!isThere) return `in place ${index} it has ${name}, which is not profiles[${index}] of the file`;
    if (!present.every((one) => assignments.some((other) => isDeepStrictEqual(one, other)))) {
      return `${name}, in place ${index}, has an assignment that profiles[${index}] of the file has not`;
    }
  }
  return undefined;
}

function refusal(count: number, difference: string): string {
  return (
    `The tenant has ${counted(count, "profile")} already, and not as the file says: ${difference}. ` +
    "Nothing was changed; --append puts those of the file behind them, --replace deletes them first."
  );
}

function sentencesOf({ created, unchanged, deleted }: Summary): string {
  const changes = [
    deleted.profiles > 0 ? `deleted ${counted(deleted.profiles, "profile")}` : "",
    created.profiles + created.assignments > 0
      ? `created ${counted(created.profiles, "profile")} and ${counted(created.assignments, "assignment")}`
      : "",
    unchanged.profiles > 0 ? `${counted(unchanged.profiles, "profile")} there already` : "",
  ].filter((text) => text !== "");
  const text = changes.join(", ") || "nothing to do";
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
