/** A `$skiptoken` is valid only for the list that returned it, and the service validates its content. */
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
    (garbage) => [`${JSON.stringify(garbage.slice(0, 20))}, which is garbage,`, garbage] as const,
  ),
  ["the token of another list", await tokenOf(assignments)],
  ["the token of another list with the same order", await tokenOf(assignments), profilesPath, { $orderby: "id" }],
  ["the token of another profile's assignments", await tokenOf(assignments), other],
  ["the token of another order", await tokenOf(profilesPath, { $orderby: "displayName" })],
  [
    "the token of the opposite order",
    await tokenOf(profilesPath, { $orderby: "id desc" }),
    profilesPath,
    { $orderby: "id" },
  ],
  ["the token of another filter", await tokenOf(profilesPath, { $filter: "displayName ne 'x'" })],
  ["a forged token with a number instead of a text", forged([fingerprint, [1]])],
  ["a forged token with null for a property that is not nullable", forged([fingerprint, [null]])],
  ["a forged token with an object", forged([fingerprint, [{ $gt: "" }]])],
  ["a forged token with true", forged([fingerprint, [true]])],
  ["a forged token with a text instead of a list", forged([fingerprint, "a0"])],
  ["a forged token with too many values", forged([fingerprint, [...values, "a0"]])],
  ["a forged token with too few values", forged([fingerprint, []])],
  ["a forged token with NUL", forged([fingerprint, ["a\0"]])],
  ["a forged token with an unpaired surrogate", forged([fingerprint, ["\ud800"]])],
  ...[0, -1, 1.5, 1e9, 1e300, "1", null, [1]].map(
    (size) =>
      [`a forged token with the page size ${JSON.stringify(size)}`, forged([fingerprint, values, size])] as const,
  ),
  ["a forged token with an extra element", forged([fingerprint, values, 1, 1])],
  ["a forged token that is an object", forged({ 0: fingerprint, 1: values })],
  ["the token of another service", forged(["rank", values])],
];
describe("a $skiptoken", () => {
  for (const [what, $skiptoken, path = profilesPath, options = {}] of wrong) {
    test(`a $skiptoken that is ${what} is refused with 400, and the error names $skiptoken`, async () => {
      const answer = await tenant.call({ method: "GET", path: pathWithQuery(path, { ...options, $skiptoken }) });
      assertRefused(answer, 400, "$skiptoken");
      assert.match(answer.error.message, /Use the whole @odata\.nextLink, with its other options unchanged/);
    });
  }
  test("a $skiptoken that was issued in another tenant returns only rows of the caller's tenant", async () => {
    const stranger = await world.tenant();
    await stranger.profile({ displayName: "theirs" });
    await stranger.profile({ displayName: "theirs as well" });
    const page = await followLink(stranger, `/beta${pathWithQuery(profilesPath, { $top: 10, $skiptoken: own })}`);
    for (const name of valuesOf(page.value, "displayName")) assert.match(String(name), /^theirs/);
    const path = pathWithQuery(assignments, { $skiptoken: await tokenOf(assignments) });
    assertRefused(await stranger.call({ method: "GET", path }), 404, "profileId");
  });
  test("a $skiptoken that is as long as a URL allows is accepted", async () => {
    const page = await list(tenant, profilesPath, { $skiptoken: forged([fingerprint, ["z".repeat(2000)]]) });
    assert.deepEqual(page.value, []);
  });
});
