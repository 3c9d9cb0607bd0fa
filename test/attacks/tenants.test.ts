/** No operation lets a caller distinguish another tenant's entity from a missing entity. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import type { OperationId } from "../../client/index.ts";
import { operationRoutes } from "../../generated/operations.ts";
import { groupTarget } from "../support/tenant.ts";
import { assertRefused, enterTarget, profilesUrl, type Shot } from "./target.ts";
import type { RawAnswer } from "./wire.ts";

const target = await enterTarget();

/** A valid body for each operation. If a new operation has no entry, this file does not compile. */
const bodies: { readonly [Op in OperationId]: object | undefined } = {
  listProfiles: undefined,
  createProfile: { displayName: "Theirs" },
  countProfiles: undefined,
  getProfile: undefined,
  updateProfile: { displayName: "Theirs" },
  deleteProfile: undefined,
  setPriority: { priority: 0 },
  listAssignments: undefined,
  createAssignment: { target: groupTarget("theirs") },
  updateAssignments: { target: groupTarget("g") },
  countAssignments: undefined,
  getAssignment: undefined,
  updateAssignment: { target: groupTarget("theirs") },
  deleteAssignment: undefined,
  batch: { requests: [{ id: "1", method: "GET", url: "/$metadata" }] },
  getMetadata: undefined,
};

const [mine, theirs] = [await target.token(), await target.token()];
const own = await target.seed(mine);
const second = await target.seed(mine);
const foreign = await target.seed(theirs);

type Ids = Readonly<Record<string, string>>;

function shotOf(operationId: OperationId, ids: Ids, lines: readonly string[], id?: string): Shot {
  const { method, path } = operationRoutes[operationId];
  const body = bodies[operationId];
  return {
    method: method.toUpperCase(),
    target: `/beta${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? assert.fail(`no ${name}`))}`,
    token: mine,
    lines,
    ...(body && { body: JSON.stringify({ ...body, ...(id !== undefined && { id }) }) }),
  };
}

/** An answer in which ids and dates are masked, because they differ between requests. */
function maskedOf({ status, headers, text }: RawAnswer): object {
  const mask = (value: string) =>
    value
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "<id>")
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/g, "<date>");
  const shown = [...headers].filter(([name]) => name !== "date").map(([name, value]) => [name, mask(value)]);
  return { status, headers: shown, text: mask(text) };
}

async function stateOf(token: string): Promise<readonly string[]> {
  const { profileId, assignmentId } = token === theirs ? foreign : own;
  const paths = [
    "",
    "/$count",
    `/${profileId}`,
    `/${profileId}/assignments`,
    `/${profileId}/assignments/${assignmentId}`,
  ];
  const answers = await Promise.all(paths.map((path) => target.shoot({ target: `${profilesUrl}${path}`, token })));
  for (const answer of answers) assert.equal(answer.status, 200);
  return answers.map(({ text }) => text);
}

/** Requests with ids of another tenant or profile. `without` names the ids that must count as missing. */
const foreignIds: readonly { readonly what: string; readonly ids: Ids; readonly without: readonly string[] }[] = [
  { what: "another tenant's profile", ids: foreign, without: ["profileId"] },
  { what: "another tenant's profile and its assignment", ids: foreign, without: ["profileId", "assignmentId"] },
  {
    what: "another tenant's profile and the caller's assignment",
    ids: { ...own, profileId: foreign.profileId },
    without: ["profileId"],
  },
  {
    what: "another tenant's assignment in the caller's profile",
    ids: { ...own, assignmentId: foreign.assignmentId },
    without: ["assignmentId"],
  },
  {
    what: "an assignment of the caller's other profile",
    ids: { ...own, assignmentId: second.assignmentId },
    without: ["assignmentId"],
  },
];

const operationIds = Object.keys(operationRoutes).filter((name): name is OperationId => name in operationRoutes);

describe("a tenant sees only its own entities", () => {
  for (const operationId of operationIds) {
    const { path } = operationRoutes[operationId];
    for (const { what, ids, without } of foreignIds.filter(({ without }) =>
      without.every((id) => path.includes(`{${id}}`)),
    )) {
      for (const lines of [[], ["If-Match: *"], ["If-None-Match: *"]]) {
        test(`${operationId} with ${what}${lines.map((line) => `, ${line},`).join("")} is answered as if the id did not exist`, async () => {
          const before = [await stateOf(mine), await stateOf(theirs)];
          const answer = await target.shoot(shotOf(operationId, ids, lines));
          const none = Object.fromEntries(without.map((id) => [id, randomUUID()]));
          const baseline = await target.shoot(shotOf(operationId, { ...ids, ...none }, lines));
          assert.equal(assertRefused(answer, 404).code, "ResourceNotFound");
          assert.deepEqual(maskedOf(answer), maskedOf(baseline));
          assert.deepEqual([await stateOf(mine), await stateOf(theirs)], before);
        });
      }
    }
  }
  for (const [whose, { assignmentId }] of [
    ["another tenant's", foreign],
    ["the caller's other profile's", second],
  ] as const) {
    test(`updateAssignments with the id of ${whose} assignment in its body is answered as if the id did not exist`, async () => {
      const before = [await stateOf(mine), await stateOf(theirs)];
      const answer = await target.shoot(shotOf("updateAssignments", own, [], assignmentId));
      assert.equal(assertRefused(answer, 404).target, "id");
      const baseline = await target.shoot(shotOf("updateAssignments", own, [], randomUUID()));
      assert.deepEqual(maskedOf(answer), maskedOf(baseline));
      assert.deepEqual([await stateOf(mine), await stateOf(theirs)], before);
    });
  }
  test("lists and counts contain no entity of another tenant", async () => {
    const token = await target.token();
    const list = await target.shoot({ token });
    assert.deepEqual(Object(list.body).value, []);
    assert.equal((await target.shoot({ target: `${profilesUrl}/$count`, token })).text, "0");
  });
  test("a new profile with another tenant's id in its body gets a new id", async () => {
    const before = await stateOf(theirs);
    const token = await target.token();
    const body = JSON.stringify({ displayName: "x", id: foreign.profileId });
    const answer = await target.shoot({ method: "POST", token, body });
    assert.equal(answer.status, 201);
    assert.notEqual(Object(answer.body).id, foreign.profileId);
    assert.deepEqual(await stateOf(theirs), before);
  });
});
