/** Completes conversations/go-azure-sdk.txt: hashicorp/go-azure-sdk rewrites a next link before it follows it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { enterWorld, profilesPath } from "../support/tenant.ts";

const world = await enterWorld();

/**
 * Rewrites a link as `Link.UnmarshalJSON` does (sdk/odata/odata.go, with Go's url.Values.Encode): it sorts the parameters by name
 * and writes `%24` for `$` and `+` for a space. It also treats "v2" as a version of Graph.
 */
function spelledAnew(link: string): string {
  const url = new URL(link);
  const parameters = [...url.searchParams].sort(([a], [b]) => (a < b ? -1 : 1));
  url.search = new URLSearchParams(parameters).toString();
  return url.href.replaceAll("/v2/", "/v1.0/");
}

test("a next link still works after hashicorp/go-azure-sdk has rewritten its query", async () => {
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
