/** What conversations/go-azure-sdk.txt can't say: hashicorp/go-azure-sdk spells a next link anew before it follows it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { enterWorld, profilesPath } from "../support/tenant.ts";

const world = await enterWorld();

/**
 * As `Link.UnmarshalJSON` does (its sdk/odata/odata.go, with Go's url.Values.Encode): parameters in the order of their
 * names, `%24` for `$`, `+` for a space; and "v2" is taken for a version of Graph.
 */
function spelledAnew(link: string): string {
  const url = new URL(link);
  const parameters = [...url.searchParams].sort(([a], [b]) => (a < b ? -1 : 1));
  url.search = new URLSearchParams(parameters).toString();
  return url.href.replaceAll("/v2/", "/v1.0/");
}

test("hashicorp/go-azure-sdk: a next link leads on however its query is spelled", async () => {
  const tenant = await world.tenant();
  const names = ["a + b", "c/v2/d", "e & f", "g = h"];
  for (const displayName of names) await tenant.profile({ displayName });
  const first = `${world.direct}${profilesPath}?${new URLSearchParams({ $top: "1", $orderby: "displayName asc" })}`;
  const seen: string[] = [];
  for (let link: string | undefined = first; link !== undefined; ) {
    const answer = await fetch(spelledAnew(link), { headers: { authorization: `Bearer ${tenant.token}` } });
    const page = Object(await answer.json());
    assert.equal(answer.status, 200, JSON.stringify(page));
    seen.push(...page.value.map((profile: { displayName: string }) => profile.displayName));
    assert.ok(seen.length <= names.length);
    link = page["@odata.nextLink"];
  }
  assert.deepEqual(seen, names);
});
