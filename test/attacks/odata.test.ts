/** Injection attacks through query options, ids and stored texts. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { operationRoutes } from "../../generated/operations.ts";
import { groupTarget } from "../support/tenant.ts";
import { assertNoInternals, assertRefused, enterTarget, profilesUrl } from "./target.ts";
import type { RawAnswer } from "./wire.ts";

const target = await enterTarget();
const token = await target.token();
const { profileId, assignmentId } = await target.seed(token);
const path = `${profilesUrl}/${profileId}`;

const payloads = [
  "displayName eq 'x' or 1 eq 1",
  "displayName eq 'x'' OR ''1''=''1'",
  "'; DROP TABLE profiles; --",
  "x') union select tenant, id from profiles --",
  `${"(".repeat(1500)}1 eq 1${")".repeat(1500)}`,
  `${"not ".repeat(1500)}true`,
  "contains(displayName,'".concat("%".repeat(500), "')"),
  "displayName eq '\0'",
  "displayName desc, (SELECT 1)",
  "../../../../etc/passwd",
  "__proto__",
  "{{7*7}}#{7*7}<%= 7*7 %>",
  "\r\nX-Injected: 1",
];

/** Percent-encodes an attack so that it cannot end the query string or the request line. */
const encoded = (text: string) => encodeURIComponent(text).slice(0, 6000);

/** The query options that the service supports, with the URLs that accept them. */
const lists = [profilesUrl, `${path}/assignments`];
const supported: Readonly<Record<string, readonly string[]>> = {
  $filter: [...lists, `${profilesUrl}/$count`, `${path}/assignments/$count`],
  $orderby: lists,
  $skiptoken: lists,
  $top: lists,
  $skip: lists,
  $count: lists,
  $select: [...lists, path, `${path}/assignments/${assignmentId}`],
  $expand: [profilesUrl, path],
};

/** All profiles and assignments of the tenant, as the service returns them. */
const all = async (who = token) =>
  (await target.shoot({ target: `${profilesUrl}?$expand=assignments`, token: who })).text;
const before = await all();

/** Asserts that a list contains no profile except the tenant's own. @returns the length of the list. */
function assertOwn(answer: RawAnswer): number {
  assert.equal(answer.status, 200, answer.text);
  assertNoInternals(answer);
  if (answer.headers.get("content-type")?.startsWith("text/plain")) return Number(answer.text);
  const found: readonly { readonly id: string }[] = Object(answer.body).value;
  for (const { id } of found) assert.equal(id, profileId);
  return found.length;
}

describe("query options", () => {
  for (const [option, places] of Object.entries(supported)) {
    test(`${option} with injected SQL is refused or finds only the caller's profiles, and changes nothing`, async () => {
      for (const payload of payloads) {
        for (const place of places) {
          const answer = await target.shoot({ target: `${place}?${option}=${encoded(payload)}`, token });
          assert.equal(answer.headers.get("x-injected"), null);
          if (answer.status === 200) {
            assert.equal(option, "$filter");
            assert.ok(assertOwn(answer) <= 1);
          } else assert.equal(assertRefused(answer, 400).target, option);
        }
      }
      assert.equal(await all(), before);
    });
  }
  for (const option of [
    "$search",
    "$apply",
    "$format",
    "$compute",
    "$deltatoken",
    "$index",
    "$schemaversion",
    "$levels",
    "$inlinecount",
    "$id",
  ]) {
    test(`${option} is refused as an unsupported query option, whatever its value`, async () => {
      for (const payload of payloads) {
        const answer = await target.shoot({ target: `${profilesUrl}?${option}=${encoded(payload)}`, token });
        const error = assertRefused(answer, 400);
        assert.equal(error.target, option);
        assert.match(
          error.message,
          new RegExp(`^The query option \\${option} is not supported here; the supported options are \\$select, `),
        );
        assert.equal(answer.headers.get("x-injected"), null);
      }
    });
  }
  test("$filter finds only the caller's profiles even if its expression is always true", async () => {
    const stranger = await target.token();
    await target.seed(stranger);
    for (const filter of ["id eq id", "not (id eq null)", "id ne ''", "displayName eq displayName or tenant eq 'x'"]) {
      const answer = await target.shoot({ target: `${profilesUrl}?$filter=${encoded(filter)}`, token });
      if (filter.includes("tenant")) assert.equal(assertRefused(answer, 400).target, "$filter");
      else assert.equal(assertOwn(answer), 1);
    }
    const foreign = await target.shoot({ target: `${path}?$expand=assignments`, token: stranger });
    assert.equal(assertRefused(foreign, 404).target, "profileId");
  });
  for (const [operationId, { method, path: template }] of Object.entries(operationRoutes)) {
    test(`${operationId} refuses an invalid $filter before it changes anything`, async () => {
      const at = template.replace("{profileId}", profileId).replace("{assignmentId}", assignmentId);
      const body = /post|patch/.test(method) ? JSON.stringify({ displayName: "x" }) : undefined;
      const query = `$filter=${encoded("1 eq 1 or (SELECT 1)")}`;
      const shot = { method: method.toUpperCase(), target: `/beta${at}?${query}`, token };
      const error = assertRefused(await target.shoot({ ...shot, ...(body !== undefined && { body }) }), 400);
      assert.equal(error.target, "$filter");
      assert.equal(await all(), before);
    });
  }
  for (const [query, option] of [
    ["%24filter=1", "$filter"],
    ["%24%66ilter=1", "$filter"],
    ["$FILTER=1", "$filter"],
    ["filter=1", "$filter"],
    ["Filter=1", "$filter"],
    ["$filter=id%20eq%20'x'&filter=id%20ne%20'x'", "filter"],
    ["search=x", "search"],
    ["$filter", "$filter"],
    ["$filter=", "$filter"],
    ["$filter[]=1", "$filter[]"],
    ["$filter[__proto__]=1", "$filter[__proto__]"],
    ["a=1&$filter=1", "$filter"],
    ["&&&$filter=1", "$filter"],
    [`${"a&".repeat(90)}$filter=1`, "$filter"],
    ["$filter=1&$filter=2", "$filter"],
    ["$__proto__=1", "$__proto__"],
    ["$", "$"],
    ["$$top=1", "$$top"],
    ["__proto__[$filter]=1", "__proto__[$filter]"],
    ["constructor[prototype][$filter]=1", "constructor[prototype][$filter]"],
    ["a?$filter=1", "a?$filter"],
  ] as const) {
    const shown = query.length > 60 ? `…${query.slice(-20)}` : query;
    test(`recognises the system query option in '${shown}' and refuses it`, async () => {
      const error = assertRefused(await target.shoot({ target: `${profilesUrl}?${query}`, token }), 400);
      assert.equal(error.target, option);
    });
  }
  for (const query of [
    "__proto__=1",
    "hasOwnProperty=1&toString=1",
    "filtering=1",
    "%2524filter=1",
    "%EF%BC%84filter=1",
    "%zz=%zz",
    "%00=%00",
    "a&".repeat(90),
  ]) {
    test(`ignores the query '${query.slice(0, 40)}', which contains no system query option`, async () => {
      const answer = await target.shoot({ target: `${path}?${query}`, token });
      assert.equal(answer.status, 200, answer.text);
      assert.equal(Object(answer.body).displayName, "A profile");
    });
  }
});

describe("ids in the path", () => {
  for (const id of [
    "' OR '1'='1",
    `${profileId}' --`,
    `x' UNION ALL SELECT 1 --`,
    "%",
    "_".repeat(36),
    "*",
    "__proto__",
    "constructor",
    "..",
    ".",
    "\r\nX-Injected: 1",
    "\u202e",
    "😀".repeat(200),
    `${profileId} `,
    ` ${profileId}`,
    profileId.toUpperCase(),
    profileId.replaceAll("0", "０"),
    `${profileId}\u200b`,
    `${profileId};x=y`,
    `${profileId}#x`,
    `${profileId}?x`,
    `${profileId}/x`,
    `('${profileId}')`,
  ]) {
    test(`the id ${JSON.stringify(id.slice(0, 60))} finds nothing`, async () => {
      const named = `${profilesUrl}/${encodeURIComponent(id)}`;
      for (const method of ["GET", "DELETE"]) {
        const answer = await target.shoot({ method, target: named, token });
        assert.equal(assertRefused(answer, 404).target, "profileId");
        assert.equal(answer.headers.get("x-injected"), null);
        const below = { method, target: `${path}/assignments/${encodeURIComponent(id)}`, token };
        assert.equal(assertRefused(await target.shoot(below), 404).target, "assignmentId");
      }
      assert.equal((await target.shoot({ target: `${path}/assignments/$count`, token })).text, "1");
    });
  }
  test("refuses an id that contains NUL with 400", async () => {
    const error = assertRefused(await target.shoot({ method: "DELETE", target: `${path}%00`, token }), 400);
    assert.equal(error.target, "profileId");
  });
});

describe("stored texts", () => {
  for (const text of [
    "'; DROP TABLE assignments; --",
    "%",
    "_",
    "*",
    "\\",
    "a\u0001b",
    "__proto__",
    "null",
    "{{7*7}}",
    "ﬃ",
  ]) {
    test(`stores and returns the group id ${JSON.stringify(text)} unchanged`, async () => {
      const at = `${profilesUrl}/${(await target.seed(token)).profileId}/assignments`;
      const body = JSON.stringify({ target: groupTarget(text) });
      const answer = await target.shoot({ method: "POST", target: at, token, body });
      assert.equal(answer.status, 201, answer.text);
      assertNoInternals({ ...answer, text: "" });
      assert.equal(Object(answer.body).target.groupId, text);
      assert.equal(
        assertRefused(await target.shoot({ method: "POST", target: at, token, body }), 409).target,
        "target",
      );
      assert.equal((await target.shoot({ target: `${at}/$count`, token })).text, "2");
    });
  }
  test("compares group ids without regard to the case of A to Z only, and distinguishes their Unicode compositions", async () => {
    const at = `${profilesUrl}/${(await target.seed(token)).profileId}/assignments`;
    const statusOf = async (groupId: string) => {
      const body = JSON.stringify({ target: groupTarget(groupId) });
      return (await target.shoot({ method: "POST", target: at, token, body })).status;
    };
    const statuses: number[] = [];
    for (const groupId of ["\u00e9", "e\u0301", "E\u0301", "\u00c9", "g\u200b", "\uff47", "g "])
      statuses.push(await statusOf(groupId));
    assert.deepEqual(statuses, [201, 201, 409, 201, 201, 201, 201]);
  });
});
