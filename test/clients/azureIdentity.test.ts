import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";

const conversation = fileURLToPath(new URL("azureConversation.ts", import.meta.url));

test("@azure/identity gets a token over TLS, and Microsoft's Graph client sends the seed's PATCH with it", async (t) => {
  const dataDir = temporaryFolder();
  t.after(() => rmSync(dataDir, { recursive: true }));
  const service = await serve({ DATA_DIR: dataDir }, ["--tls"]);
  t.after(() => service.stop("SIGTERM"));
  const { origin } = new URL(service.url);
  const env = { PATH: process.env["PATH"] ?? "", NODE_EXTRA_CA_CERTS: join(dataDir, "tls", "ca.pem") };
  const tenant = "11111111-2222-4333-8444-555555555555";
  const { stdout } = await promisify(execFile)(process.execPath, [conversation, origin, tenant], { env });
  const { profile, first, second, list } = JSON.parse(stdout);
  assert.equal(profile.displayName, "Personal iPhones");
  assert.ok(profile["@odata.context"].startsWith(`${origin}/beta/$metadata#`));
  assert.deepEqual(first.target["@odata.type"], "microsoft.graph.deviceAndAppManagementAssignmentTarget");
  assert.equal(second.id, first.id);
  assert.equal(list.value.length, 1);
});
