import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { createClient } from "../../client/index.ts";
import { runCli, serve } from "../process.ts";
import { temporaryFolder } from "../setting.ts";
import { groupTarget } from "../tenant.ts";

test("a PATCH that was answered is there after kill -9 and a new start", async () => {
  const dataDir = temporaryFolder();
  const env = { DATA_DIR: dataDir };
  const token = (await runCli(["token"], env)).stdout.trim();

  const first = await serve(env);
  const before = createClient({ baseUrl: first.url, token });
  const profile = await before.createProfile({ body: { displayName: "A profile" } });
  assert.ok(profile.ok);
  const path = { profileId: profile.data.id };
  const answer = await before.updateAssignments({ path, body: { target: groupTarget("a group") } });
  await first.stop("SIGKILL");
  assert.ok(answer.ok);

  const second = await serve(env);
  const after = createClient({ baseUrl: second.url, token });
  const found = await after.getAssignment({ path: { ...path, assignmentId: answer.data.id } });
  await second.stop("SIGTERM");
  assert.ok(found.ok);
  const { "@odata.context": _, ...written } = answer.data;
  const { "@odata.context": __, ...read } = found.data;
  assert.deepEqual(read, written);
  rmSync(dataDir, { recursive: true });
});
