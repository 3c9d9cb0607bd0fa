/** Tests a user's main steps in Swagger UI with a real browser. thorough.ts contains the slower tests. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { buildApp } from "../../server/app.ts";
import { type DevelopmentIdentity, ephemeralIdentity } from "../../server/auth/development.ts";
import { type Service, startEphemeralService } from "../../server/process/service.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { type Browser, barriers, screenshot, skip, startBrowser } from "./browser.ts";
import { authorize, examples, execute, fold, openDocs, operationsOn, parameter, unfold } from "./swaggerUi.ts";

describe("Swagger UI", { skip }, () => {
  let service: Service & { readonly identity: DevelopmentIdentity };
  let browser: Browser;
  before(async () => {
    service = await startEphemeralService();
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await service?.close();
  });

  test("shows all operations grouped by tag in the order of use, without requests to other hosts", async () => {
    const { page, complaints } = await openDocs(browser, service.origin);
    assert.equal(await page.title(), "Apple user-initiated enrollment");
    assert.equal(await page.locator(".servers select").inputValue(), "/beta");
    assert.deepEqual(await page.locator(".opblock-tag > a").allInnerTexts(), ["Profiles", "Assignments", "Service"]);
    const ids = await operationsOn(page);
    assert.deepEqual(ids, [
      ...["createProfile", "listProfiles", "countProfiles", "getProfile", "updateProfile", "setPriority"],
      ...["deleteProfile", "createAssignment", "listAssignments", "updateAssignments", "countAssignments"],
      ...["getAssignment", "updateAssignment", "deleteAssignment", "batch", "getMetadata"],
    ]);
    await page.screenshot({ path: screenshot("docs-desktop"), fullPage: true });
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test("lets the user authorize, update assignments, filter profiles and delete a profile", async () => {
    const { page, complaints } = await openDocs(browser, service.origin);
    await authorize(page);
    const create = await unfold(page, "createProfile");
    assert.equal((await execute(create)).status, "201");
    await fold(create);

    const update = await unfold(page, "updateAssignments");
    assert.equal(await examples(update).inputValue(), "seed");
    const updated = await execute(update);
    assert.equal(updated.status, "200");
    assert.match(updated.body, /"id": "[0-9a-f-]{36}"/);
    assert.match(updated.body, /"microsoft\.graph\.deviceAndAppManagementAssignmentTarget"/);
    await page.screenshot({ path: screenshot("seed") });
    await fold(update);

    const list = await unfold(page, "listProfiles");
    for (const [text, isThere] of [
      ["iPhone", true],
      ["nobody", false],
    ] as const) {
      await parameter(list, "$filter").fill(`contains(displayName,'${text}')`);
      const filtered = await execute(list);
      assert.equal(filtered.status, "200");
      assert.equal(filtered.body.includes("Personal iPhones"), isThere);
    }
    await fold(list);
    assert.equal((await execute(await unfold(page, "deleteProfile"))).status, "204");
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test("asks for a token from the issuer if there is no development identity", async () => {
    const identity = await ephemeralIdentity();
    const store = openSqliteStore(":memory:");
    const app = buildApp({ store, verifyToken: identity.verifyToken });
    const { page, complaints } = await openDocs(browser, await app.listen({ host: "127.0.0.1", port: 0 }));
    await page.locator(".auth-wrapper button.authorize").click();
    const dialog = page.locator(".dialog-ux");
    assert.match(await dialog.innerText(), /issuer that this service trusts/);
    assert.deepEqual(await barriers(page), []);
    await dialog.getByLabel("Value").fill(await identity.issueToken());
    await dialog.getByRole("button", { name: "Authorize" }).click();
    await dialog.getByRole("button", { name: "Close" }).first().click();
    assert.equal((await execute(await unfold(page, "listProfiles"))).status, "200");
    assert.deepEqual(complaints, []);
    await page.close();
    await app.close();
    await store.close();
  });

  test("shows that a token is required if the user has not authorized", async () => {
    const { page } = await openDocs(browser, service.origin);
    const answer = await execute(await unfold(page, "listProfiles"));
    assert.equal(answer.status, "401");
    assert.match(answer.body, /An access token is required/);
    await page.close();
  });

  test("opens the operation in a deep link and shows all its parameters", async () => {
    const { page, complaints } = await openDocs(browser, service.origin, "#/Assignments/updateAssignments");
    const names = page.locator('[id$="-updateAssignments"] .parameters tbody tr');
    await names.first().waitFor();
    const shown = await names.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-param-name")));
    assert.deepEqual(shown.sort(), [
      "If-Match",
      "If-None-Match",
      "Prefer",
      "Repeatability-Client-ID",
      "Repeatability-First-Sent",
      "Repeatability-Request-ID",
      "profileId",
    ]);
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
