/**
 * Compares a store's lists with a model. For each filter, order and page size, the pages together must contain exactly the
 * rows that match the filter, in the correct order. The order of ranks must always be the order of priorities.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { createProfile, deleteProfile, setPriority } from "../../server/domain/commands/profiles.ts";
import type { Profile } from "../../server/domain/model.ts";
import type { ProfilePath } from "../../server/domain/profile/properties.ts";
import { type Property, profileProperties, type Value } from "../../server/domain/query.ts";
import { accept, type Order, type Store } from "../../server/domain/store.ts";
import { profileList } from "../../server/graph/collections.ts";
import { chanceOf, isWithinLimits, Speller } from "../odata/filterSpelling.ts";
import { conditions, dates, texts } from "../odata/filterTexts.ts";
import { announce, runs, seed } from "../odata/plan.ts";
import { compareText, matches } from "../support/conditionModel.ts";

const tenant = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

/** Only a few values, so that many rows have equal sort keys. Some of the values are difficult to sort. */
const profile = fc.record({
  displayName: fc.constantFrom(...texts.slice(1, 12), "\uffff", "\u{10000}", "😀"),
  description: fc.option(fc.constantFrom("", "a", "A", "\ue000", "\u{10ffff}"), { freq: 2 }),
  platform: fc.constantFrom("iOS" as const, "macOS" as const, "unknown" as const),
  defaultEnrollmentType: fc.constantFrom("user" as const, "device" as const),
  now: fc.constantFrom(...dates),
  priority: fc.option(fc.nat(40), { nil: undefined }),
});

const short = { displayName: "x", description: null, platform: "iOS", defaultEnrollmentType: "user" } as const;

const properties = Object.values<Property<ProfilePath>>(profileProperties);

const orders = fc.array(
  fc.record({ path: fc.constantFrom(...properties.map(({ path }) => path)), descending: fc.boolean() }),
  { minLength: 1, maxLength: 4 },
);

const examples = fc.record({
  order: fc.option(orders, { nil: undefined, freq: 5 }),
  condition: fc.option(conditions(properties), { nil: undefined, freq: 2 }),
  spelling: fc.nat(),
  size: fc.integer({ min: 1, max: 50 }),
  byHeader: fc.boolean(),
  skip: fc.option(fc.nat(10), { nil: undefined, freq: 2 }),
});

function compare(left: Value, right: Value): number {
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? -1 : 1;
  return typeof left === "number" && typeof right === "number"
    ? left - right
    : compareText(String(left), String(right));
}

function sorted(rows: readonly Profile[], order: readonly Order<ProfilePath>[]): readonly Profile[] {
  const keys: readonly Order<ProfilePath>[] = [...order, { key: "id" }];
  return rows.toSorted((one, other) => {
    for (const { key, descending = false } of keys) {
      const difference = compare(one[key], other[key]);
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  });
}

interface Asked {
  readonly $filter?: string;
  readonly $orderby?: string;
  readonly $top?: number;
  readonly $skip?: number;
}

/** Follows the next links of a list. @returns all pages. */
async function pages(store: Store, first: Asked, maxPageSize?: number): Promise<readonly (readonly Profile[])[]> {
  const found: (readonly Profile[])[] = [];
  let options: Asked & { readonly $skiptoken?: string } = first;
  let preferences = { maxPageSize, includeUnknownEnumMembers: false };
  for (;;) {
    const query = profileList(options, preferences);
    assert.ok(query.ok, query.ok ? "" : query.error.message);
    const { list, pageSize, next } = query.value;
    const read = await store.read.profiles(tenant, list);
    const entities = read.slice(0, pageSize);
    found.push(entities);
    const nextQuery = next(read, entities.length, (one, key) => one[key]);
    if (nextQuery === undefined) return found;
    const { $top, ...others } = Object.fromEntries(new URLSearchParams(nextQuery));
    options = { ...others, ...($top !== undefined && { $top: Number($top) }) };
    preferences = { ...preferences, maxPageSize: undefined };
  }
}

export function describeLists(name: string, open: () => Promise<Store>): void {
  describe(`lists of ${name}`, () => {
    let store: Store;
    before(async () => {
      store = await open();
    });
    after(() => store.close());

    test("have pages that contain each matching row once, in the requested order", async (t) => {
      announce(t, "stores/lists.test.ts");
      for (const [index, { now, priority, ...own }] of fc.sample(profile, { seed, numRuns: 40 }).entries()) {
        const newId = () => `p${(index * 7) % 40}`;
        const given = { ...own, availableEnrollmentTypeOptions: [] };
        await store.decide(tenant, createProfile({ properties: given, priority, newId, now }));
      }
      const all = await store.read.profiles(tenant);
      assert.equal(all.length, 40);
      let several = 0;
      const property = fc.asyncProperty(examples, async ({ order, condition, spelling, size, byHeader, skip = 0 }) => {
        const expected = sorted(
          all.filter((one) => !condition || matches(condition, (path) => one[path])),
          order?.map(({ path, descending }) => ({ key: path, descending })) ?? [{ key: "priority" }],
        ).slice(skip);
        const asked: Asked = {
          ...(condition && { $filter: new Speller(profileProperties, chanceOf(spelling)).spell(condition) }),
          ...(order && { $orderby: order.map(({ path, descending }) => `${path}${descending ? " desc" : ""}`).join() }),
          ...(!byHeader && { $top: size }),
          ...(skip > 0 && { $skip: skip }),
        };
        fc.pre(asked.$filter === undefined || isWithinLimits(asked.$filter, profileProperties));
        const found = await pages(store, asked, byHeader ? size : undefined);
        if (found.length > 1) several++;
        assert.deepEqual(found.flat(), expected, JSON.stringify(asked));
        assert.equal(found.length, Math.max(1, Math.ceil(expected.length / size)));
      });
      await fc.assert(property, { seed, numRuns: runs });
      t.diagnostic(`${several} of ${runs} lists had several pages`);
      assert.ok(several > runs / 4, "many queries have several pages");
    });

    test("have ranks in the order of priorities after hundreds of profiles were created, moved and deleted", async (t) => {
      announce(t, "stores/lists.test.ts");
      const own = "bbbbbbbb-0000-cccc-1111-dddd2222eeee";
      let [made, ids] = [0, [] as readonly string[]];
      const steps = fc.record({
        kind: fc.constantFrom("create", "create", "move", "move", "swap", "delete"),
        at: fc.nat(),
        to: fc.nat(),
      });
      for (const { kind, at, to } of fc.sample(steps, { seed, numRuns: 400 })) {
        const [place, goal] = [at % Math.max(1, ids.length), to % Math.max(1, ids.length)];
        const id = ids[place];
        const rest = ids.filter((_, index) => index !== place);
        const now = "2026-11-23T12:00:00.000Z";
        if (kind === "create" || id === undefined) {
          const properties = { ...short, availableEnrollmentTypeOptions: [] };
          const newId = `p${made++}`;
          // Half of the profiles are inserted where the previous one was, which makes the ranks long.
          const priority = made % 2 === 0 ? Math.min(1, ids.length) : goal;
          await store.decide(own, createProfile({ properties, priority, newId: () => newId, now }));
          ids = ids.toSpliced(priority, 0, newId);
        } else if (kind === "delete") {
          await store.decide(own, deleteProfile({ profileId: id, preconditions: {} }));
          ids = rest;
        } else {
          const priority = kind === "swap" ? Math.min(place + 1, ids.length - 1) : goal;
          await store.decide(own, setPriority({ profileId: id, priority, now }));
          ids = rest.toSpliced(priority, 0, id);
        }
      }
      const found = await store.read.profiles(own);
      assert.deepEqual(
        found.map(({ id }) => id),
        ids,
      );
      assert.deepEqual(
        found.map(({ priority }) => priority),
        [...ids.keys()],
      );
      assert.deepEqual(
        found.map(({ rank }) => rank),
        found.map(({ rank }) => rank).toSorted(compareText),
      );
      assert.equal(new Set(found.map(({ rank }) => rank)).size, ids.length);
    });

    describe("get new ranks, in the order of priorities,", () => {
      const now = "2026-11-23T12:00:00.000Z";
      const given = { ...short, availableEnrollmentTypeOptions: [] };

      /** Inserts four profiles into a new tenant. The rank of `b` is as long as after thousands of insertions at one position. */
      async function insertLongRank(): Promise<string> {
        const own = randomUUID();
        // One rank equals a newly assigned one.
        const ranks = { a: "a0", b: `a0${"z".repeat(1000)}V`, c: "a1", d: "d0001" };
        for (const [priority, [id, rank]] of Object.entries(ranks).entries()) {
          const one = { ...given, id, priority, rank, version: 1, createdDateTime: now, lastModifiedDateTime: now };
          const command = {
            loads: { order: true },
            decide: () => accept(0, { kind: "insertProfile", profile: one }),
          } as const;
          await store.decide(own, command);
        }
        return own;
      }

      /** Returns the ids of the profiles in their order, and asserts that all ranks are short. */
      async function orderIn(own: string): Promise<string> {
        const found = await store.read.profiles(own);
        assert.deepEqual(
          found.map(({ priority }) => priority),
          [...found.keys()],
        );
        assert.ok(
          found.every(({ rank }) => rank.length < 10),
          JSON.stringify(found.map(({ rank }) => rank)),
        );
        return found.map(({ id }) => id).join(" ");
      }

      test("when an insertion would make a rank too long", async () => {
        const own = await insertLongRank();
        const create = (id: string, priority?: number) =>
          store.decide(own, createProfile({ properties: given, priority, newId: () => id, now }));
        await create("between", 2);
        assert.equal(await orderIn(own), "a b between c d");
        await create("first", 0);
        await store.decide(own, setPriority({ profileId: "d", priority: 2, now }));
        await create("last");
        assert.equal(await orderIn(own), "first a d b between c last");
      });

      test("when a move would make a rank too long", async () => {
        const own = await insertLongRank();
        await store.decide(own, setPriority({ profileId: "d", priority: 2, now }));
        assert.equal(await orderIn(own), "a b d c");
      });
    });
  });
}
