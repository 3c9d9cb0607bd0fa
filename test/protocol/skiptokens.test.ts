/** A `$skiptoken` is valid only for the list that returned it, and its content is not trusted. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertRefused } from "../operations/operation.ts";
import { enterWorld, groupTarget, profilesPath } from "../support/tenant.ts";
import { followLink, list, type Options, pathWithQuery, valuesOf } from "./collections.ts";

const world = await enterWorld();
const tenant = await world.tenant();
const { id: profileId } = await tenant.profile({ displayName: "one" });
await tenant.profile({ displayName: "two" });
const assignments = `${profilesPath}/${profileId}/assignments`;
for (const groupId of ["g1", "g2"]) await tenant.assignment(profileId, groupTarget(groupId));

const tokenOf = async (path: string, options: Options = {}) =>
  new URL((await list(tenant, path, { $top: 1, ...options })).nextLink ?? "").searchParams.get("$skiptoken") ?? "";
const own = await tokenOf(profilesPath);
const [fingerprint, values] = JSON.parse(Buffer.from(own, "base64url").toString());
const forged = (content: unknown) => Buffer.from(JSON.stringify(content)).toString("base64url");
const other = `${profilesPath}/${(await tenant.profile({ displayName: "f" })).id}/assignments`;

const wrong: readonly (readonly [what: string, token: string, path?: string, options?: Options])[] = [
  ...["x", "0", "null", "10", "_".repeat(2000), "é😀", "\u0001", `${own}x`, `${own}!`, `${own} `, own.slice(1)].map(
    (garbage) => [`garbage, ${JSON.stringify(garbage.slice(0, 20))},`, garbage] as const,
  ),
  ["another list's", await tokenOf(assignments)],
  ["another list's with the same order", await tokenOf(assignments), profilesPath, { $orderby: "id" }],
  ["another profile's", await tokenOf(assignments), other],
  ["another order's", await tokenOf(profilesPath, { $orderby: "displayName" })],
  ["the opposite order's", await tokenOf(profilesPath, { $orderby: "id desc" }), profilesPath, { $orderby: "id" }],
  ["another filter's", await tokenOf(profilesPath, { $filter: "displayName ne 'x'" })],
  ["one with a number", forged([fingerprint, [1]])],
  ["one with null where nothing is null", forged([fingerprint, [null]])],
  ["one with an object", forged([fingerprint, [{ $gt: "" }]])],
  ["one with true", forged([fingerprint, [true]])],
  ["one with a text instead of a list", forged([fingerprint, "a0"])],
  ["one with too many values", forged([fingerprint, [...values, "a0"]])],
  ["one with too few values", forged([fingerprint, []])],
  ["one with a NUL", forged([fingerprint, ["a\0"]])],
  ["one with half a character", forged([fingerprint, ["\ud800"]])],
  ...[0, -1, 1.5, 1e9, 1e300, "1", null, [1]].map(
    (size) => [`one with the page size ${JSON.stringify(size)}`, forged([fingerprint, values, size])] as const,
  ),
  ["one with something more", forged([fingerprint, values, 1, 1])],
  ["one that is an object", forged({ 0: fingerprint, 1: values })],
  ["one of another service", forged(["rank", values])],
];
describe("a $skiptoken", () => {
  for (const [what, $skiptoken, path = profilesPath, options = {}] of wrong) {
    test(`that is ${what} is a 400 that names $skiptoken`, async () => {
      const answer = await tenant.call({ method: "GET", path: pathWithQuery(path, { ...options, $skiptoken }) });
      assertRefused(answer, 400, "$skiptoken");
      assert.match(answer.error.message, /Use the whole @odata\.nextLink, with its other options unchanged/);
    });
  }
  test("of another tenant leads only to rows of the caller's tenant", async () => {
    const stranger = await world.tenant();
    await stranger.profile({ displayName: "theirs" });
    await stranger.profile({ displayName: "theirs as well" });
    const page = await followLink(stranger, `/beta${pathWithQuery(profilesPath, { $top: 10, $skiptoken: own })}`);
    for (const name of valuesOf(page.value, "displayName")) assert.match(String(name), /^theirs/);
    const path = pathWithQuery(assignments, { $skiptoken: await tokenOf(assignments) });
    assertRefused(await stranger.call({ method: "GET", path }), 404, "profileId");
  });
  test("with a value as long as a URL allows is answered", async () => {
    const page = await list(tenant, profilesPath, { $skiptoken: forged([fingerprint, ["z".repeat(2000)]]) });
    assert.deepEqual(page.value, []);
  });
});
