/** The proof that every request that was to change something did: what was answered against what was written. */
import type { Instance } from "./instance.ts";
import type { Writes } from "./results.ts";

/**
 * Stops the instance and counts. Every request was awaited, so the two numbers must be equal.
 * @param answered requests that change something and were answered as they should be.
 * @returns undefined if there is nothing to prove or nobody to count.
 */
export async function proofOf(instance: Instance, answered: number): Promise<Writes | undefined> {
  if (answered === 0) return undefined;
  const { changed: inMemory, ...counts } = await instance.counts();
  await instance.stop();
  const written = await instance.written();
  const { label } = instance.plan;
  if (written === undefined) {
    return inMemory === undefined ? undefined : { label, answered, changed: inMemory, atLeast: 1 };
  }
  const databaseCommits = written.commits === undefined ? {} : { databaseCommits: written.commits };
  // A move changes every profile it passes: at least 300 of them, if load/requests.ts keeps its word.
  return written.profiles > 0
    ? { label, answered, changed: written.profiles, atLeast: 300, ...counts, ...databaseCommits }
    : { label, answered, changed: written.assignments, atLeast: 1, ...counts, ...databaseCommits };
}
