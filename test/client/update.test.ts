/** Tests `client.update`, which changes an entity only if it has not changed since it was read. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createClient } from "../../client/index.ts";
import { enterWorld, groupTarget } from "../support/tenant.ts";
import { answering } from "./fetch.ts";

const world = await enterWorld();

describe("update", () => {
  test("update changes a profile that has not changed since it was read", async () => {
    const { client, profile } = await world.tenant();
    const answer = await client.update(await profile(), { displayName: "New" });
    assert.ok(answer.ok);
    assert.equal(answer.data.displayName, "New");
    const next = await client.update(answer.data, { description: "Newer" });
    assert.equal(next.status, 200);
  });

  test("update returns 412 and changes nothing if another caller has changed the profile", async () => {
    const { client, profile } = await world.tenant();
    const read = await profile();
    await client.updateProfile({ path: { profileId: read.id }, body: { displayName: "Somebody's" } });
    const answer = await client.update(read, { displayName: "Mine" });
    assert.equal(answer.status, 412);
    assert.deepEqual([answer.code, answer.target], ["PreconditionFailed", "If-Match"]);
    const now = await client.getProfile({ path: { profileId: read.id } });
    assert.equal(now.ok && now.data.displayName, "Somebody's");
  });

  test("update accepts entities from a list, a page or a selection", async () => {
    const { client, profile, assignment } = await world.tenant();
    const { id: profileId } = await profile();
    await assignment(profileId);
    for await (const each of client.pages.listProfiles()) {
      assert.equal((await client.update(each, { displayName: "From a page" })).status, 200);
    }
    for await (const each of client.pages.listAssignments({ path: { profileId } })) {
      const target = groupTarget("another");
      const answer = await client.update(each, { target }, { profileId });
      assert.ok(answer.ok);
      assert.equal(Object(answer.data.target).groupId, "another");
      assert.equal((await client.update(each, { target }, { profileId })).status, 412);
    }
  });

  test("update sends nothing if the entity has no tag or an unknown type, or if an assignment's profileId is missing", async () => {
    const { fetch, requests } = answering("{}");
    const client = createClient({ baseUrl: "https://graph.example/beta", token: "t", fetch });
    const type = "#microsoft.graph.appleUserInitiatedEnrollmentProfile";
    const untagged = { id: "p", "@odata.type": type, "@odata.etag": "" } as const;
    const refused = (target: string) => ({ name: "GraphError", code: "InvalidRequest", status: 0, target });
    await assert.rejects(client.update(untagged, {}), refused("@odata.etag"));
    const unknown = { id: "g", "@odata.type": "#microsoft.graph.group", "@odata.etag": "e" };
    await assert.rejects(client.update(unknown as never, {} as never), refused("@odata.type"));
    const assignment = {
      id: "a",
      "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment",
      "@odata.etag": 'W/"1"',
    } as const;
    await assert.rejects(client.update(assignment, {}, { profileId: "" }), refused("profileId"));
    assert.equal(requests.length, 0);
  });
});
