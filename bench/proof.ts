/** Proves that every request for a change has changed the store: compares the answers with the rows. */
import type { Instance } from "./instance.ts";
import type { Writes } from "./results.ts";

/**
 * Stops the instance and counts the changed rows. The load generator waits for every answer, so the two numbers must be equal.
 *
 * @param answered the number of requests for a change that were answered correctly.
 * @returns undefined if nothing was changed, or if the contender cannot count.
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
  // A move changes every profile that it passes: at least 300 with the places that load/requests.ts chooses.
  return written.profiles > 0
    ? { label, answered, changed: written.profiles, atLeast: 300, ...counts, ...databaseCommits }
    : { label, answered, changed: written.assignments, atLeast: 1, ...counts, ...databaseCommits };
}
