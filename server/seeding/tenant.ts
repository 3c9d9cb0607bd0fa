/** Reads the content of a tenant over HTTP, and creates missing profiles and assignments. */
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { Batch, BatchedRequest, BatchOptions, Client, GraphError, Schemas } from "../../client/index.ts";
import { identityOf } from "../domain/targets.ts";
import { type EntryTarget, entryOf, type TenantEntry } from "./entries.ts";

/** A profile that already exists in the tenant. */
export interface ExistingProfile {
  readonly id: string;
  readonly entry: TenantEntry;
}

/** A callback that reports the number of processed profiles. */
export type Progress = (done: number, of: number) => void;

/** The largest number of requests in a batch. The contract sets this limit. */
const batchSize = 20;

/** The number of batches that are sent at the same time. */
const concurrency = 8;

type ProfileAnswer = Schemas["appleUserInitiatedEnrollmentProfile"];

/** Returns all profiles by priority, and the assignments of each profile, the oldest first. @throws GraphError */
export async function readTenant(client: Client, progress: Progress): Promise<readonly ExistingProfile[]> {
  const profiles = await Readable.from(client.pages.listProfiles()).toArray();
  let done = 0;
  // Does not use $expand, because the real service does not support it on this list.
  return Readable.from(chunksOf(profiles))
    .flatMap(
      async (chunk: readonly ProfileAnswer[]) => {
        const existing = await readAssignments(client, chunk);
        done += chunk.length;
        progress(done, profiles.length);
        return existing;
      },
      { concurrency },
    )
    .toArray();
}

async function readAssignments(
  client: Client,
  profiles: readonly ProfileAnswer[],
): Promise<readonly ExistingProfile[]> {
  const batch = client.newBatch();
  const lists = profiles.map(({ id }) => batch.listAssignments({ path: { profileId: id } }));
  const answers = await batch.send();
  if (!answers.ok) throw answers;
  return Promise.all(
    profiles.map(async (profile, index): Promise<ExistingProfile> => {
      const list = lists[index];
      const answer = list && answers.to(list);
      const isWhole = answer?.ok && answer.data["@odata.nextLink"] === undefined;
      const assignments = isWhole
        ? answer.data.value
        : await Readable.from(client.pages.listAssignments({ path: { profileId: profile.id } })).toArray();
      const targets = assignments.flatMap(({ target }: Schemas["appleEnrollmentProfileAssignment"]) => target ?? []);
      return { id: profile.id, entry: entryOf(profile, targets) };
    }),
  );
}

function* chunksOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += batchSize) yield items.slice(start, start + batchSize);
}

/**
 * Deletes profiles with their assignments. Starts with the last profile, so that no other profile has to move up.
 * @returns the number of deleted profiles, which is smaller than requested if the run is aborted. @throws GraphError
 */
export async function deleteAll(
  client: Client,
  profiles: readonly ExistingProfile[],
  signal: AbortSignal,
): Promise<number> {
  let deleted = 0;
  for (const { id: profileId } of profiles.toReversed()) {
    if (signal.aborted) break;
    const answer = await client.deleteProfile({ path: { profileId } });
    if (!answer.ok && answer.status !== 404) throw answer;
    deleted++;
  }
  return deleted;
}

/** The numbers of created profiles and assignments. */
export interface CreatedCounts {
  profiles: number;
  assignments: number;
}

export interface WriteOptions {
  readonly client: Client;
  readonly entries: readonly TenantEntry[];
  /** The existing profiles of the tenant. They match the first entries, but some assignments may be missing. */
  readonly existing: readonly ExistingProfile[];
  readonly progress: Progress;
  /** After the signal is aborted, no new request is sent, but running requests finish. */
  readonly signal: AbortSignal;
  /** The counts are updated after each creation, so that they are correct even if the run fails. */
  readonly written: CreatedCounts;
}

/** An assignment that the tenant does not have yet. */
interface MissingAssignment {
  readonly profileId: string;
  readonly target: EntryTarget;
}

/**
 * Creates the missing profiles and assignments. Profiles are created one after the other, because their order
 * determines their priority. The assignments of a profile are also created in order, but different profiles are filled
 * concurrently.
 * @throws GraphError
 */
export async function writeMissing({
  client,
  entries,
  existing,
  progress,
  signal,
  written,
}: WriteOptions): Promise<void> {
  async function* chunks(): AsyncGenerator<readonly MissingAssignment[]> {
    let done = 0;
    for (const chunk of chunksOf(entries)) {
      if (signal.aborted) return;
      const present = existing.slice(done, done + chunk.length);
      const ids = present.map(({ id }) => id);
      const created = chunk.slice(present.length).map(({ assignments: _, ...body }) => body);
      await sendInOrder(
        { client, signal },
        created,
        (batch, body, options) => batch.createProfile({ body }, options),
        (profile) => {
          ids.push(profile.id);
          written.profiles++;
        },
      );
      if (signal.aborted) return;
      yield chunk.flatMap((entry, index) => missingAssignments(ids[index] ?? "", entry, present[index]));
      done += chunk.length;
      progress(done, entries.length);
    }
  }
  const assign = async (missing: readonly MissingAssignment[]): Promise<void> => {
    await sendInOrder(
      { client, signal },
      missing,
      (batch, { profileId, target }, options) =>
        batch.createAssignment({ path: { profileId }, body: { target } }, options),
      () => {
        written.assignments++;
      },
    );
  };
  await Readable.from(chunks(), { highWaterMark: concurrency }).forEach(assign, { concurrency });
}

function missingAssignments(
  profileId: string,
  { assignments = [] }: TenantEntry,
  existing: ExistingProfile | undefined,
): readonly MissingAssignment[] {
  const present = new Set(existing?.entry.assignments?.map(({ target }) => identityOf(target)));
  return assignments
    .filter(({ target }) => !present.has(identityOf(target)))
    .map(({ target }) => ({ profileId, target }));
}

type AddedRequest<Data> = BatchedRequest<{ readonly ok: true; readonly data: Data } | GraphError>;

/** The largest number of consecutive refusals (429 or 503) before the run fails. */
const maximumRefusals = 5;

/** The largest accepted Retry-After, in seconds. The client has the same limit for its own retries. */
const longestWait = 30;

/**
 * Sends requests in batches, in which each request depends on the one before it. If the service refuses a request with
 * 429 or 503, this request and the following ones are sent again later.
 * @param done is called after each successful request. @throws GraphError
 */
async function sendInOrder<Item, Data>(
  { client, signal }: Pick<WriteOptions, "client" | "signal">,
  items: readonly Item[],
  add: (batch: Batch, item: Item, options: BatchOptions) => AddedRequest<Data>,
  done: (data: Data) => void,
): Promise<void> {
  let refusals = 0;
  for (let sent = 0; sent < items.length && !signal.aborted; ) {
    const batch = client.newBatch();
    const added: AddedRequest<Data>[] = [];
    for (const item of items.slice(sent, sent + batchSize)) {
      added.push(add(batch, item, { dependsOn: added.slice(-1) }));
    }
    const answers = await batch.send();
    if (!answers.ok) throw answers;
    for (const request of added) {
      const answer = answers.to(request);
      if (!answer.ok) {
        if (++refusals > maximumRefusals) throw answer;
        await waitForRetry(answer, signal);
        break;
      }
      refusals = 0;
      sent++;
      done(answer.data);
    }
  }
}

/** @throws GraphError if the request should not be sent again soon. */
async function waitForRetry(error: GraphError, signal: AbortSignal): Promise<void> {
  const { status, retryAfter = 1 } = error;
  if (![429, 503].includes(status) || retryAfter > longestWait) throw error;
  await wait(retryAfter * 1000, undefined, { signal }).catch(() => {});
}
