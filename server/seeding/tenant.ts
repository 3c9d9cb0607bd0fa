/** What a tenant has, read over HTTP, and what it is to have besides, written there. */
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { Batch, BatchedRequest, BatchOptions, Client, GraphError, Schemas } from "../../client/index.ts";
import { identityOf } from "../domain/targets.ts";
import { type Entry, entryOf } from "./entries.ts";

type Target = NonNullable<Entry["assignments"]>[number]["target"];

export interface Placed {
  readonly id: string;
  readonly entry: Entry;
}

/** Told of each profile that is done. */
export type Progress = (done: number, of: number) => void;

/** Requests of a batch, at most, by the contract. */
const together = 20;

/** Batches under way at the same time. */
const concurrency = 8;

type Profile = Schemas["appleUserInitiatedEnrollmentProfile"];

/** All profiles by priority, with their assignments, the oldest first. @throws GraphError */
export async function readTenant(client: Client, progress: Progress): Promise<readonly Placed[]> {
  const profiles = await Readable.from(client.pages.listProfiles()).toArray();
  let done = 0;
  // Not with $expand: the real service has none on this list.
  return Readable.from(chunksOf(profiles))
    .flatMap(
      async (chunk: readonly Profile[]) => {
        const placed = await withAssignments(client, chunk);
        done += chunk.length;
        progress(done, profiles.length);
        return placed;
      },
      { concurrency },
    )
    .toArray();
}

async function withAssignments(client: Client, profiles: readonly Profile[]): Promise<readonly Placed[]> {
  const batch = client.newBatch();
  const lists = profiles.map(({ id }) => batch.listAssignments({ path: { profileId: id } }));
  const answers = await batch.send();
  if (!answers.ok) throw answers;
  return Promise.all(
    profiles.map(async (profile, index): Promise<Placed> => {
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
  for (let start = 0; start < items.length; start += together) yield items.slice(start, start + together);
}

/**
 * Deletes profiles with their assignments, the last first: so none has to move up.
 * @returns how many, fewer if it is aborted. @throws GraphError
 */
export async function deleteAll(client: Client, placed: readonly Placed[], signal: AbortSignal): Promise<number> {
  let deleted = 0;
  for (const { id: profileId } of placed.toReversed()) {
    if (signal.aborted) break;
    const answer = await client.deleteProfile({ path: { profileId } });
    if (!answer.ok && answer.status !== 404) throw answer;
    deleted++;
  }
  return deleted;
}

/** Profiles and assignments that were created. */
export interface Written {
  profiles: number;
  assignments: number;
}

export interface Writing {
  readonly client: Client;
  readonly entries: readonly Entry[];
  /** What the tenant has of the first entries. */
  readonly there: readonly Placed[];
  readonly progress: Progress;
  /** Nothing more is begun when it is aborted; what has begun is finished. */
  readonly signal: AbortSignal;
  /** Counts what was written, also if it can't be finished. */
  readonly written: Written;
}

/** An assignment that is missing. */
interface Missing {
  readonly profileId: string;
  readonly target: Target;
}

/**
 * Creates what is missing: profiles one after the other, because their order is their priority, and the assignments of
 * each in the order given, those of many side by side.
 * @throws GraphError
 */
export async function writeMissing({ client, entries, there, progress, signal, written }: Writing): Promise<void> {
  async function* chunks(): AsyncGenerator<readonly Missing[]> {
    let done = 0;
    for (const chunk of chunksOf(entries)) {
      if (signal.aborted) return;
      const placed = there.slice(done, done + chunk.length);
      const ids = placed.map(({ id }) => id);
      const created = chunk.slice(placed.length).map(({ assignments: _, ...body }) => body);
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
      yield chunk.flatMap((entry, index) => missingOf(ids[index] ?? "", entry, placed[index]));
      done += chunk.length;
      progress(done, entries.length);
    }
  }
  const assign = async (missing: readonly Missing[]): Promise<void> => {
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

function missingOf(profileId: string, { assignments = [] }: Entry, placed: Placed | undefined): readonly Missing[] {
  const present = new Set(placed?.entry.assignments?.map(({ target }) => identityOf(target)));
  return assignments
    .filter(({ target }) => !present.has(identityOf(target)))
    .map(({ target }) => ({ profileId, target }));
}

type Added<Data> = BatchedRequest<{ readonly ok: true; readonly data: Data } | GraphError>;

/** How often the same request is refused for want of time, in a row, before that is a failure. */
const patience = 5;

/** Seconds that one refusal may ask to wait: as many as the client waits at most before it sends a request again. */
const longestWait = 30;

/**
 * Sends requests one after the other, as many as may together in a batch: each waits for the one before. What of a
 * batch was refused for want of time, and so what waited for it, is sent again later.
 * @param done told of each that succeeded. @throws GraphError
 */
async function sendInOrder<Item, Data>(
  { client, signal }: Pick<Writing, "client" | "signal">,
  items: readonly Item[],
  add: (batch: Batch, item: Item, options: BatchOptions) => Added<Data>,
  done: (data: Data) => void,
): Promise<void> {
  let refusals = 0;
  for (let sent = 0; sent < items.length && !signal.aborted; ) {
    const batch = client.newBatch();
    const added: Added<Data>[] = [];
    for (const item of items.slice(sent, sent + together)) {
      added.push(add(batch, item, { dependsOn: added.slice(-1) }));
    }
    const answers = await batch.send();
    if (!answers.ok) throw answers;
    for (const request of added) {
      const answer = answers.to(request);
      if (!answer.ok) {
        const { status, retryAfter = 1 } = answer;
        if (![429, 503].includes(status) || ++refusals > patience || retryAfter > longestWait) throw answer;
        await wait(retryAfter * 1000, undefined, { signal }).catch(() => {});
        break;
      }
      refusals = 0;
      sent++;
      done(answer.data);
    }
  }
}
