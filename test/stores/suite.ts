/** One suite for every store: what the port promises, whoever keeps it. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, test } from "node:test";
import { createAssignment, deleteAssignment, updateAssignments } from "../../server/domain/assignments.ts";
import { invalid } from "../../server/domain/errors.ts";
import type { Assignment, Profile } from "../../server/domain/model.ts";
import { createProfile, deleteProfile, setPriority, updateProfile } from "../../server/domain/profiles.ts";
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

    test("gives back a profile as it was written", async () => {
      const profile = await newProfile("a");
      assert.deepEqual(await store.read.profile(tenant, "a"), profile);
      assert.deepEqual(await store.read.profiles(tenant), [profile]);
      assert.equal(await store.read.countProfiles(tenant), 1);
    });

    test("gives back an assignment as it was written", async () => {
      await newProfile("p");
      const assignment = await newAssignment("p", "a");
      assert.deepEqual(await readAssignment("p", "a"), assignment);
      assert.deepEqual((await store.read.assignments(tenant, "p"))?.map(parsed), [assignment]);
      assert.equal(await store.read.countAssignments(tenant, "p"), 1);
    });

    test("tells a profile without assignments from no profile", async () => {
      await newProfile("p");
      assert.deepEqual(await store.read.assignments(tenant, "p"), []);
      assert.equal(await store.read.countAssignments(tenant, "p"), 0);
      assert.equal(await store.read.assignments(tenant, "q"), undefined);
      assert.equal(await store.read.countAssignments(tenant, "q"), undefined);
      assert.equal(await store.read.profile(tenant, "q"), undefined);
      assert.equal(await store.read.assignment(tenant, "p", "q"), undefined);
    });

    test("keeps tenants apart, also when their ids are the same", async () => {
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

    test("keeps priorities 0…n-1 through insertion, move and deletion", async () => {
      for (const id of ["a", "b", "c"]) await newProfile(id);
      await newProfile("d", 1);
      assert.equal(await order(), "a0 d1 b2 c3");
      await store.decide(tenant, setPriority({ profileId: "c", priority: 0, now }));
      assert.equal(await order(), "c0 a1 d2 b3");
      await store.decide(
        tenant,
        updateProfile({ profileId: "c", properties: {}, priority: 3, preconditions: {}, now }),
      );
      assert.equal(await order(), "a0 d1 b2 c3");
      await store.decide(tenant, deleteProfile({ profileId: "d", preconditions: {} }));
      assert.equal(await order(), "a0 b1 c2");
    });

    test("takes the assignments away with their profile", async () => {
      await newProfile("p");
      await newAssignment("p", "a");
      await store.decide(tenant, deleteProfile({ profileId: "p", preconditions: {} }));
      assert.equal(await store.read.assignment(tenant, "p", "a"), undefined);
      await newProfile("p");
      assert.deepEqual(await store.read.assignments(tenant, "p"), []);
    });

    test("loads what a command names, and nothing it doesn't", async () => {
      await newProfile("p");
      const [one, other] = [await newAssignment("p", "a", "G1"), await newAssignment("p", "b", "G2")];
      const seen = await decided<readonly unknown[]>({
        loads: {
          profileId: "p",
          assignmentIds: ["a", "none"],
          targetIdentities: ["groupAssignmentTarget:g2", "groupAssignmentTarget:none"],
          order: true,
        },
        decide: (state) => accept([state.profile?.id, [...state.assignments], [...state.holders], state.profileCount]),
      });
      assert.deepEqual(seen, ["p", [["a", one]], [["groupAssignmentTarget:g2", other]], 1]);
      const nothing = await decided<readonly unknown[]>({
        loads: {},
        decide: (state) => accept([state.profile, state.assignments.size, state.holders.size, state.profileCount]),
      });
      assert.deepEqual(nothing, [undefined, 0, 0, 0]);
    });

    test("hands a refusal on", async () => {
      const outcome = await store.decide(tenant, { loads: {}, decide: () => refuse(invalid("x", "No.")) });
      assert.deepEqual(outcome, { ok: false, error: { kind: "invalid", target: "x", message: "No." } });
    });

    test("writes all changes of a decision or none", async () => {
      const profile = await newProfile("p");
      const halfWrong: Command<undefined, never> = {
        loads: {},
        decide: () =>
          accept(
            undefined,
            { kind: "deleteProfile", profileId: "p" },
            { kind: "insertProfile", profile: { ...profile, id: "q" } },
            { kind: "insertProfile", profile: { ...profile, id: "q" } },
          ),
      };
      await assert.rejects(store.decide(tenant, halfWrong));
      assert.equal(await order(), "p0");
    });

    test("goes on after a decision that threw", async () => {
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

    test("never has two assignments with one target in a profile, however many are decided at once", async () => {
      await newProfile("p");
      const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: "g" } as const;
      const all = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          store.decide(
            tenant,
            updateAssignments({ profileId: "p", id: undefined, target, preconditions: {}, newId: () => `a${index}` }),
          ),
        ),
      );
      assert.equal(new Set(all.map((outcome) => outcome.ok && outcome.value.id)).size, 1);
      assert.equal(await store.read.countAssignments(tenant, "p"), 1);
    });

    test("sees in each read every write that was answered before it", async () => {
      await newProfile("p");
      for (let index = 0; index < 20; index++) {
        await newAssignment("p", `a${index}`);
        assert.equal(await store.read.countAssignments(tenant, "p"), index + 1);
      }
      await store.decide(tenant, deleteAssignment({ profileId: "p", assignmentId: "a0", preconditions: {} }));
      assert.equal(await store.read.assignment(tenant, "p", "a0"), undefined);
    });
  });
}
