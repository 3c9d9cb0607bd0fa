/** Proves that every answered write has changed the store, by comparing the number of answers with the changed rows. */
import type { Instance } from "./instance.ts";
import type { Writes } from "./results.ts";

/**
 * Stops the instance and counts the changed rows. The load generator waits for every answer, so the number of changed rows must
 * equal the number of answered writes.
 *
 * @param answered the number of correctly answered writes.
 * @returns undefined if nothing was changed, or if the contender does not count.
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
  // A move changes every profile that it passes. With the positions in load/requests.ts, these are at least 300 profiles.
  return written.profiles > 0
    ? { label, answered, changed: written.profiles, atLeast: 300, ...counts, ...databaseCommits }
    : { label, answered, changed: written.assignments, atLeast: 1, ...counts, ...databaseCommits };
}
