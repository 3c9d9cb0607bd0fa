/** The tests of the interface `Store`. They run for each implementation. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import {
  createAssignment,
  deleteAssignment,
  updateAssignment,
  updateAssignments,
} from "../../server/domain/commands/assignments.ts";
import { createProfile, deleteProfile, setPriority, updateProfile } from "../../server/domain/commands/profiles.ts";
import {
  noContent,
  replaceContent,
  seedContent,
  type TenantContent,
} from "../../server/domain/commands/tenantContent.ts";
import { type Conflict, type DomainError, invalid } from "../../server/domain/errors.ts";
import type { Assignment, Profile } from "../../server/domain/model.ts";
import { accept, type Command, refuse, type Store, type StoredAssignment } from "../../server/domain/store.ts";

const now = "2026-11-23T12:00:00.000Z";
const properties = {
  displayName: "Ünïcödé 🍏 'quoted' \"twice\" \\ and\nlines",
  description: null,
  platform: "iOS",
  defaultEnrollmentType: "unknown",
  availableEnrollmentTypeOptions: [{ ownerType: "personal", enrollmentType: "user" }],
} as const;

function parsed(assignment: StoredAssignment): Assignment {
  return { ...assignment, target: JSON.parse(String(assignment.target)) };
}

export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`the ${name} store`, () => {
    let store: Store;
    let tenant: string;
    beforeEach(async () => {
      store = await open();
      tenant = randomUUID();
    });
    afterEach(() => store.close());

    async function decided<Value>(
      command: Command<Value, never> | Command<Value, ReturnType<typeof invalid>>,
    ): Promise<Value> {
      const outcome = await store.decide(tenant, command);
      assert.ok(outcome.ok);
      return outcome.value;
    }
    const newProfile = (id: string, priority?: number): Promise<Profile> =>
      decided(createProfile({ properties, priority, newId: () => id, now }));
    const newAssignment = async (profileId: string, id: string, groupId = id): Promise<Assignment> => {
      const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId } as const;
      const outcome = await store.decide(tenant, createAssignment({ profileId, target, newId: () => id }));
      assert.ok(outcome.ok);
      return outcome.value;
    };
    const readAssignment = async (profileId: string, id: string): Promise<Assignment | undefined> => {
      const found = await store.read.assignment(tenant, profileId, id);
      return found && parsed(found);
    };
    const order = async () =>
      (await store.read.profiles(tenant)).map(({ id, priority }) => `${id}${priority}`).join(" ");

    test("returns the profile that was written", async () => {
      const profile = await newProfile("a");
      assert.deepEqual(await store.read.profile(tenant, "a"), profile);
      assert.deepEqual(await store.read.profiles(tenant), [profile]);
      assert.equal(await store.read.countProfiles(tenant), 1);
    });

    test("returns the assignment that was written", async () => {
      await newProfile("p");
      const assignment = await newAssignment("p", "a");
      assert.deepEqual(await readAssignment("p", "a"), assignment);
      assert.deepEqual((await store.read.assignments(tenant, "p"))?.map(parsed), [assignment]);
      assert.equal(await store.read.countAssignments(tenant, "p"), 1);
    });

    test("returns an empty list for a profile without assignments, but not for a missing profile", async () => {
      await newProfile("p");
      assert.deepEqual(await store.read.assignments(tenant, "p"), []);
      assert.equal(await store.read.countAssignments(tenant, "p"), 0);
      assert.equal(await store.read.assignments(tenant, "q"), undefined);
      assert.equal(await store.read.countAssignments(tenant, "q"), undefined);
      assert.equal(await store.read.profile(tenant, "q"), undefined);
      assert.equal(await store.read.assignment(tenant, "p", "q"), undefined);
    });

    test("does not mix up tenants whose profiles have the same ids", async () => {
      await newProfile("p");
      await newAssignment("p", "a");
      const other = randomUUID();
      assert.deepEqual(await store.read.profiles(other), []);
      assert.equal(await store.read.profile(other, "p"), undefined);
      assert.equal(await store.read.assignments(other, "p"), undefined);
      assert.equal(await store.read.assignment(other, "p", "a"), undefined);
      assert.equal(await store.read.countProfiles(other), 0);
      await store.decide(other, createProfile({ properties, priority: 0, newId: () => "p", now }));
      await store.decide(other, deleteProfile({ profileId: "p", preconditions: {} }));
      assert.equal(await order(), "p0");
      assert.equal((await store.read.assignments(tenant, "p"))?.length, 1);
    });

    test("keeps the priorities 0…n-1 after profiles were inserted, moved and deleted", async () => {
      for (const id of ["a", "b", "c"]) await newProfile(id);
      await newProfile("d", 1);
      assert.equal(await order(), "a0 d1 b2 c3");
      await store.decide(tenant, setPriority({ profileId: "c", priority: 0, now }));
      assert.equal(await order(), "c0 a1 d2 b3");
      await store.decide(
        tenant,
        updateProfile({ profileId: "c", changes: () => ({}), priority: 3, preconditions: {}, now }),
      );
      assert.equal(await order(), "a0 d1 b2 c3");
      await store.decide(tenant, deleteProfile({ profileId: "d", preconditions: {} }));
      assert.equal(await order(), "a0 b1 c2");
    });

    test("deletes the assignments together with their profile", async () => {
      await newProfile("p");
      await newAssignment("p", "a");
      await store.decide(tenant, deleteProfile({ profileId: "p", preconditions: {} }));
      assert.equal(await store.read.assignment(tenant, "p", "a"), undefined);
      await newProfile("p");
      assert.deepEqual(await store.read.assignments(tenant, "p"), []);
    });

    test("loads only the assignments that the command requests", async () => {
      await newProfile("p");
      const [one, other] = [await newAssignment("p", "a", "G1"), await newAssignment("p", "b", "G2")];
      const seen = await decided<readonly unknown[]>({
        loads: {
          profileId: "p",
          assignmentIds: ["a", "none"],
          targetIdentities: ["groupAssignmentTarget:g2", "groupAssignmentTarget:none"],
        },
        decide: (state) => accept([state.profileExists, [...state.assignments], [...state.holders]]),
      });
      assert.deepEqual(seen, [true, [["a", one]], [["groupAssignmentTarget:g2", other]]]);
      const nothing = await decided<readonly unknown[]>({
        loads: {},
        decide: (state) => accept([state.profileExists, state.assignments.size, state.holders.size]),
      });
      assert.deepEqual(nothing, [false, 0, 0]);
    });

    test("loads the order of the profiles, optionally together with a profile", async () => {
      const profile = await newProfile("p");
      await newProfile("q");
      const look = (profileId?: string) =>
        decided<readonly unknown[]>({
          loads: { order: true, ...(profileId !== undefined && { profileId }) },
          decide: (state) => accept([state.profileExists, state.profile, state.profileCount]),
        });
      assert.deepEqual(await look("p"), [true, profile, 2]);
      assert.deepEqual(await look("none"), [false, undefined, 2]);
      assert.deepEqual(await look(), [false, undefined, 2]);
    });

    test("returns the error with which a command is refused", async () => {
      const outcome = await store.decide(tenant, { loads: {}, decide: () => refuse(invalid("x", "No.")) });
      assert.deepEqual(outcome, { ok: false, error: { kind: "invalid", target: "x", message: "No." } });
    });

    test("writes either all changes of a command or none", async () => {
      const profile = await newProfile("p");
      const assignment = await newAssignment("p", "a");
      const twice = { ...assignment, id: "b", target: { ...assignment.target, groupId: "b" } };
      const halfWrong: Command<undefined, never>[] = [
        {
          loads: { order: true },
          decide: () =>
            accept(
              undefined,
              { kind: "deleteProfile", profileId: "p" },
              { kind: "insertProfile", profile: { ...profile, id: "q" } },
              { kind: "insertProfile", profile: { ...profile, id: "q" } },
            ),
        },
        {
          loads: { profileId: "p", assignmentIds: ["a"] },
          decide: () =>
            accept(
              undefined,
              { kind: "deleteAssignment", profileId: "p", assignmentId: "a" },
              { kind: "insertAssignment", profileId: "p", assignment: twice },
              { kind: "insertAssignment", profileId: "p", assignment: { ...twice, id: "c" } },
            ),
        },
      ];
      for (const command of halfWrong) await assert.rejects(store.decide(tenant, command));
      assert.equal(await order(), "p0");
      assert.deepEqual(await readAssignment("p", "a"), assignment);
      assert.equal(await store.read.countAssignments(tenant, "p"), 1);
    });

    test("carries out all other commands of a group if the changes of one command cannot be written", async () => {
      const profile = await newProfile("p");
      const assignment = await newAssignment("p", "a");
      const wrong: Command<undefined, never>[] = [
        { loads: { order: true }, decide: () => accept(undefined, { kind: "insertProfile", profile }) },
        {
          loads: { profileId: "p" },
          decide: () => accept(undefined, { kind: "insertAssignment", profileId: "p", assignment }),
        },
      ];
      const outcomes = await Promise.allSettled([
        newAssignment("p", "b"),
        ...wrong.map((command) => store.decide(tenant, command)),
        newAssignment("p", "c"),
        newProfile("q"),
      ]);
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ["fulfilled", "rejected", "rejected", "fulfilled", "fulfilled"],
      );
      assert.equal(await store.read.countAssignments(tenant, "p"), 3);
      assert.equal(await order(), "p0 q1");
    });

    test("carries out concurrent commands one after the other, each on the state that the previous one left", async () => {
      await newProfile("p");
      const upsert = (id: string | undefined, groupId: string, newId: string) => {
        const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId } as const;
        const input = id === undefined ? { target } : { id, target };
        const command = updateAssignments({ profileId: "p", input, preconditions: {}, newId: () => newId });
        return store.decide(tenant, command);
      };
      const answers = await Promise.all([
        upsert(undefined, "A", "a"),
        upsert("a", "B", "-"),
        upsert(undefined, "A", "c"),
        store.decide(tenant, deleteAssignment({ profileId: "p", assignmentId: "a", preconditions: {} })),
        upsert(undefined, "B", "d"),
        upsert("d", "A", "-"),
      ]);
      assert.deepEqual(
        answers.map((answer) => (answer.ok ? (answer.value?.id ?? "gone") : answer.error.kind)),
        ["a", "a", "c", "gone", "d", "conflict"],
      );
      const [c, d, ...others] = (await store.read.assignments(tenant, "p")) ?? [];
      assert.deepEqual(others, []);
      assert.match(String(c?.target), /"groupId":"A"/);
      assert.match(String(d?.target), /"groupId":"B"/);
    });

    describe("the target of an assignment", () => {
      const group = (groupId: string) =>
        ({ "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId }) as const;
      const outcomeOf = async (command: Command<Assignment | undefined, DomainError>) => {
        const outcome = await store.decide(tenant, command);
        return outcome.ok ? "done" : outcome.error.kind;
      };
      const create = (id: string, groupId: string) =>
        outcomeOf(createAssignment({ profileId: "p", target: group(groupId), newId: () => id }));
      const retarget = (assignmentId: string, groupId: string) =>
        outcomeOf(updateAssignment({ profileId: "p", assignmentId, target: group(groupId), preconditions: {} }));
      const remove = (assignmentId: string) =>
        outcomeOf(deleteAssignment({ profileId: "p", assignmentId, preconditions: {} }));
      const groups = async () =>
        (await store.read.assignments(tenant, "p"))
          ?.map(parsed)
          .map(({ id, target }) => `${id}:${Object(target).groupId}`)
          .join(" ");

      test("is taken, and its target before that is free, after each of several commits", async () => {
        await newProfile("p");
        await newAssignment("p", "a", "G1");
        // The second round uses the version that the first round has written.
        for (const [from, to] of [
          ["G1", "G2"],
          ["G2", "G3"],
        ] as const) {
          assert.equal(await retarget("a", to), "done");
          assert.equal(await create("b", to), "conflict");
          assert.equal(await create("b", from), "done");
          assert.equal(await retarget("b", to), "conflict");
          assert.equal(await groups(), `a:${to} b:${from}`);
          assert.equal(await remove("b"), "done");
        }
        assert.equal(await remove("a"), "done");
        for (const groupId of ["G1", "G2", "G3"]) assert.equal(await create(groupId, groupId), "done");
        assert.equal(await groups(), "G1:G1 G2:G2 G3:G3");
      });

      test("is taken, and its target before that is free, for the next commands of the same group", async () => {
        await newProfile("p");
        await newAssignment("p", "a", "G1");
        // If the second command did not see the first one, all three could be written together without a conflict.
        const outcomes = await Promise.all([retarget("a", "G2"), create("b", "G2"), retarget("b", "G3")]);
        assert.equal(outcomes.join(" "), "done conflict notFound");
        const others = await Promise.all([
          create("c", "G1"),
          retarget("c", "G2"),
          remove("a"),
          create("d", "G2"),
          create("e", "G1"),
        ]);
        assert.equal(others.join(" "), "done conflict done done conflict");
        assert.equal(await groups(), "c:G1 d:G2");
      });
    });

    test("continues after a command that threw an error", async () => {
      const faulty: Command<never, never> = {
        loads: {},
        decide: () => {
          throw new Error("a bug");
        },
      };
      await assert.rejects(store.decide(tenant, faulty), /a bug/);
      await newProfile("p");
      assert.equal(await order(), "p0");
    });

    test("never creates two assignments of a profile with the same target, even for concurrent commands", async () => {
      await newProfile("p");
      const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: "g" } as const;
      const all = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          store.decide(
            tenant,
            updateAssignments({ profileId: "p", input: { target }, preconditions: {}, newId: () => `a${index}` }),
          ),
        ),
      );
      assert.equal(new Set(all.map((outcome) => outcome.ok && outcome.value.id)).size, 1);
      assert.equal(await store.read.countAssignments(tenant, "p"), 1);
    });

    test("refuses a target while an assignment has it, and accepts it again afterwards, over several commits", async () => {
      await newProfile("p");
      await newAssignment("p", "a", "G1");
      const target = (groupId: string) =>
        ({ "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId }) as const;
      const input = { id: "a", target: target("G2") };
      const retarget = { profileId: "p", input, preconditions: {}, newId: () => "-" };
      assert.ok((await store.decide(tenant, updateAssignments(retarget))).ok);
      const create = (id: string, groupId: string) =>
        store.decide(tenant, createAssignment({ profileId: "p", target: target(groupId), newId: () => id }));
      const refused = await create("b", "G2");
      assert.ok(!refused.ok && refused.error.kind === "conflict");
      assert.ok((await create("c", "G1")).ok);
    });

    test("returns every write that was answered before the read", async () => {
      await newProfile("p");
      for (let index = 0; index < 20; index++) {
        await newAssignment("p", `a${index}`);
        assert.equal(await store.read.countAssignments(tenant, "p"), index + 1);
      }
      await store.decide(tenant, deleteAssignment({ profileId: "p", assignmentId: "a0", preconditions: {} }));
      assert.equal(await store.read.assignment(tenant, "p", "a0"), undefined);
    });

    describe("a command with a repeatability key", () => {
      const later = Date.now() + 1_000_000;
      const reuse: Conflict = { kind: "conflict", target: "key", message: "Another request has used this key." };
      const create = (key: string, id: string, expires = later, request = "r") => {
        const command = createProfile({ properties, priority: undefined, newId: () => id, now });
        return store.decide(tenant, command, { key, request, expires, reuse });
      };
      const assign = (key: string, id: string, groupId: string) => {
        const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId } as const;
        const command = createAssignment({ profileId: "p", target, newId: () => id });
        return store.decide(tenant, command, { key, request: "r", expires: later, reuse });
      };
      const isRemembered = (key: string) =>
        decided({ loads: { key }, decide: ({ remembered }) => accept(remembered !== undefined) });

      test("gets the same answer when it is repeated, regardless of the state at that time", async () => {
        const first = await create("k", "p");
        const assigned = await assign("l", "a", "g");
        await store.decide(tenant, deleteProfile({ profileId: "p", preconditions: {} }));
        assert.deepEqual(await create("k", "q"), first);
        assert.deepEqual(await assign("l", "b", "g"), assigned);
        assert.equal(await store.read.countProfiles(tenant), 0);
      });

      test("gets the same answer when it is repeated, even if its outcome has no value", async () => {
        await newProfile("p");
        const command = deleteProfile({ profileId: "p", preconditions: {} });
        for (let time = 0; time < 2; time++) {
          const outcome = await store.decide(tenant, command, { key: "k", request: "r", expires: later, reuse });
          assert.deepEqual(outcome, { ok: true, value: undefined });
        }
      });

      test("a repeatable command is refused if another request has used the key", async () => {
        await create("k", "p");
        const outcome = await create("k", "q", later, "another");
        assert.ok(!outcome.ok && outcome.error === reuse);
        assert.equal(await order(), "p0");
      });

      test("a repeatable command does not conflict with the same key in another tenant", async () => {
        await create("k", "p");
        tenant = randomUUID();
        assert.ok((await create("k", "q")).ok);
        assert.equal(await order(), "q0");
      });

      test("a repeatable command is carried out once if it is sent many times concurrently with other commands", async () => {
        await newProfile("p");
        const all = await Promise.all(
          Array.from({ length: 60 }, async (_, index) => {
            const outcome = await assign(`k${index % 3}`, `a${index}`, `g${index % 3}`);
            await newAssignment("p", `other${index}`);
            return outcome.ok ? outcome.value.id : outcome.error.message;
          }),
        );
        assert.equal(new Set(all).size, 3);
        assert.equal(await store.read.countAssignments(tenant, "p"), 63);
        const created = await Promise.all(Array.from({ length: 30 }, (_, index) => create("k", `p${index}`)));
        assert.equal(new Set(created.map((outcome) => outcome.ok && outcome.value.id)).size, 1);
        assert.equal(await store.read.countProfiles(tenant), 2);
      });

      test("a repeatable command is not remembered if it is refused or its changes cannot be written", async () => {
        const profile = await newProfile("p");
        const assignment = await newAssignment("p", "a");
        const wrong: Command<undefined, never>[] = [
          { loads: { order: true }, decide: () => accept(undefined, { kind: "insertProfile", profile }) },
          {
            loads: { profileId: "p" },
            decide: () => accept(undefined, { kind: "insertAssignment", profileId: "p", assignment }),
          },
        ];
        for (const command of wrong) {
          const repeat = { key: "k", request: "r", expires: later, reuse };
          await assert.rejects(store.decide(tenant, command, repeat));
          assert.equal(await isRemembered("k"), false);
        }
        assert.ok(!(await assign("l", "b", "a")).ok);
        assert.equal(await isRemembered("l"), false);
      });

      test("a repeatable command is forgotten after it has expired and newer commands are remembered", async () => {
        for (let index = 0; index < 8; index++) await create(`old${index}`, `p${index}`, Date.now() + 1000 + index);
        assert.equal(await isRemembered("old0"), true);
        mock.timers.enable({ apis: ["Date"], now: Date.now() + 3000 });
        for (const key of ["new0", "new1"]) await create(key, key);
        mock.timers.reset();
        const keys = [...Array.from({ length: 8 }, (_, index) => `old${index}`), "new0", "new1"];
        const remembered = await Promise.all(keys.map(isRemembered));
        assert.deepEqual(remembered, [...Array(8).fill(false), true, true]);
      });

      test("a repeatable command is not forgotten when the same key of another tenant expires", async () => {
        await create("k", "p", Date.now() + 1000);
        const first = tenant;
        tenant = randomUUID();
        await create("k", "q");
        const second = tenant;
        tenant = first;
        mock.timers.enable({ apis: ["Date"], now: Date.now() + 3000 });
        await create("new", "r");
        mock.timers.reset();
        assert.equal(await isRemembered("k"), false);
        tenant = second;
        assert.equal(await isRemembered("k"), true);
      });

      test("a repeatable command is forgotten when the tenant's content is replaced", async () => {
        await create("k", "p");
        await decided(replaceContent(noContent));
        assert.ok((await create("k", "q")).ok);
        assert.equal(await order(), "q0");
      });
    });

    describe("with a whole tenant", () => {
      const target = (groupId: string) =>
        ({ "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId }) as const;
      const content = async (): Promise<TenantContent> => {
        const profiles = await store.read.profiles(tenant);
        const found = await store.read.assignmentsOfAll(
          tenant,
          profiles.map(({ id }) => id),
        );
        const assignments = [...found].flatMap(([profileId, all]) =>
          all.map((assignment) => ({ profileId, assignment: parsed(assignment) })),
        );
        return { profiles, assignments };
      };
      const numbered = () => {
        let number = 0;
        return () => `n${number++}`;
      };

      test("appends seed profiles and their assignments after the existing profiles", async () => {
        await newProfile("a");
        const seeds = [
          { properties, targets: [target("g"), target("h")] },
          { properties, targets: [] },
        ];
        const seeded = await decided(seedContent({ seeds, newId: numbered(), now }));
        assert.deepEqual(seeded, [
          { id: "n0", assignmentIds: ["n1", "n2"] },
          { id: "n3", assignmentIds: [] },
        ]);
        assert.equal(await order(), "a0 n01 n32");
        assert.equal(await store.read.countAssignments(tenant, "n0"), 2);
      });

      test("writes no seed profile if one of them is refused", async () => {
        const seeds = [{ properties, targets: [target("g"), target("G")] }];
        const outcome = await store.decide(tenant, seedContent({ seeds, newId: numbered(), now }));
        assert.ok(!outcome.ok && outcome.error.target === "profiles[0].assignments[1].target");
        assert.deepEqual(await content(), noContent);
      });

      test("restores the content of one tenant without changing other tenants", async () => {
        for (const id of ["a", "b"]) await newProfile(id, 0);
        await newAssignment("a", "x");
        const before = await content();
        const other = randomUUID();
        await store.decide(other, createProfile({ properties, priority: 0, newId: () => "a", now }));
        await decided(replaceContent(noContent));
        assert.deepEqual(await content(), noContent);
        await newProfile("c");
        await decided(replaceContent(before));
        assert.deepEqual(await content(), before);
        assert.equal(await store.read.countProfiles(other), 1);
        await newProfile("d", 1);
        assert.equal(await order(), "b0 d1 a2");
      });
    });
  });
}
