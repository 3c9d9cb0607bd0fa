/** Tests the settings that enable the control API (control.yaml), and which tokens it accepts. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, describe, test } from "node:test";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity, storedIdentity } from "../../server/auth/development.ts";
import { tokenVerifier } from "../../server/auth/verify.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { runCli, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { profilesPath } from "../support/tenant.ts";

const dataDir = temporaryFolder();
after(() => rmSync(dataDir, { recursive: true }));
const token = await (await storedIdentity(dataDir)).issueToken();

async function resetOf(env: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<number> {
  const service = await serve({ DATA_DIR: dataDir, ...env }, args);
  const url = new URL("/_control/reset", service.url);
  const { status } = await fetch(url, { method: "POST", headers: { authorization: `Bearer ${token}` } });
  await service.stop("SIGTERM");
  return status;
}

describe("the control API", () => {
  test("the control API does not exist by default or with CONTROL=off", async () => {
    assert.equal(await resetOf({}), 404);
    assert.equal(await resetOf({ CONTROL: "off" }), 404);
  });
  test("the control API exists with CONTROL=on or --control, even if the database is a file", async () => {
    assert.equal(await resetOf({ CONTROL: "on" }), 204);
    assert.equal(await resetOf({}, ["--control"]), 204);
  });
  test("serve --control is refused without the development identity", async () => {
    const ended = await runCli(["serve", "--control"], { DATA_DIR: dataDir, AUTH_ISSUER: "https://issuer.example" });
    assert.equal(ended.code, 2);
    assert.match(ended.stderr, /^--control is on, but the development identity is off/);
  });
  test("serve --control is refused with several processes", async () => {
    const ended = await runCli(["serve", "--control", "--processes", "2"], {
      DATA_DIR: dataDir,
      DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
    });
    assert.equal(ended.code, 2);
    assert.match(ended.stderr, /^--control is on, but --processes is 2/);
  });
  test("the control API accepts only tokens of the development identity", async (t) => {
    const [own, other] = [await ephemeralIdentity(), await ephemeralIdentity()];
    const store = openSqliteStore(":memory:");
    const elsewhere = { ...other.trust, issues: (issuer: string) => issuer === "urn:elsewhere" };
    const verifyToken = tokenVerifier([own.trust, elsewhere]);
    const app = buildApp({ store, verifyToken, development: own, control: true });
    t.after(async () => {
      await app.close();
      await store.close();
    });
    const origin = await app.listen({ host: "127.0.0.1", port: 0 });
    const headers = { authorization: `Bearer ${await other.issueToken({ issuer: "urn:elsewhere" })}` };
    assert.equal((await fetch(`${origin}/beta${profilesPath}`, { headers })).status, 200);
    assert.equal((await fetch(`${origin}/_control/reset`, { method: "POST", headers })).status, 401);
  });
  test("openapi.json does not contain the control API", async () => {
    const service = await serve({ DATA_DIR: dataDir }, ["--control"]);
    const contract = await (await fetch(new URL("/openapi.json", service.url))).text();
    assert.doesNotMatch(contract, /_control|failNext/);
    await service.stop("SIGTERM");
  });
});
