/** Swagger UI in a real browser: what a person does with it. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { buildApp } from "../../server/app.ts";
import { type DevelopmentIdentity, ephemeralIdentity } from "../../server/auth/development.ts";
import { type Service, startEphemeralService } from "../../server/main.ts";
import { openSqliteStore } from "../../server/stores/sqlite.ts";
import { type Browser, barriers, desktop, type Opened, phone, screenshot, skip, startBrowser } from "./browser.ts";

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

  async function open(hash = "", origin = service.origin): Promise<Opened> {
    const opened = await browser.open(`${origin}/docs${hash}`);
    await opened.page.locator(".opblock").first().waitFor();
    return opened;
  }

  /** One click. */
  async function authorize(page: Page): Promise<void> {
    await page.locator(".auth-wrapper button.authorize").click();
    await page.locator(".auth-wrapper button.authorize.locked").waitFor();
  }

  /** The block of an operation, unfolded. */
  async function unfold(page: Page, operationId: string): Promise<Locator> {
    const block = page.locator(`[id$="-${operationId}"]`);
    if (!(await block.getAttribute("class"))?.includes("is-open"))
      await block.locator(".opblock-summary-control").click();
    await block.locator(".opblock-body .execute").waitFor();
    return block;
  }

  /** Presses Execute; resolves to the status and the body shown, without one to nothing. */
  async function execute(block: Locator): Promise<{ status: string; body: string }> {
    const clear = block.getByRole("button", { name: "Clear", exact: true });
    if (await clear.isVisible()) await clear.click();
    await block.getByRole("button", { name: "Execute" }).click();
    const live = block.locator(".live-responses-table .response").first();
    await live.waitFor();
    const [body = ""] = await live.locator(".response-col_description .highlight-code").allInnerTexts();
    return { status: (await live.locator(".response-col_status").innerText()).trim().slice(0, 3), body };
  }

  const parameter = (block: Locator, name: string) => block.locator(`tr[data-param-name="${name}"] input`);
  const examples = (block: Locator) => block.locator(".opblock-section-request-body .examples-select-element");

  test("shows every operation by tag, in the order people work, and asks no other host", async () => {
    const { page, complaints } = await open();
    assert.equal(await page.title(), "Apple user-initiated enrollment");
    assert.equal(await page.locator(".servers select").inputValue(), "/beta");
    assert.deepEqual(await page.locator(".opblock-tag > a").allInnerTexts(), ["Profiles", "Assignments", "Service"]);
    const ids = await page.locator(".opblock").evaluateAll((blocks) => blocks.map(({ id }) => id.split("-").at(-1)));
    assert.deepEqual(ids, [
      ...["createProfile", "listProfiles", "countProfiles", "getProfile", "updateProfile", "setPriority"],
      ...["deleteProfile", "createAssignment", "listAssignments", "updateAssignments", "countAssignments"],
      ...["getAssignment", "updateAssignment", "deleteAssignment", "batch", "getMetadata"],
    ]);
    await page.screenshot({ path: screenshot("docs-desktop"), fullPage: true });
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test("takes a person from Authorize to the document's PATCH, a filter and a deletion", async () => {
    const { page, complaints } = await open();
    await authorize(page);
    const create = await unfold(page, "createProfile");
    assert.equal((await execute(create)).status, "201");

    const update = await unfold(page, "updateAssignments");
    assert.equal(await examples(update).inputValue(), "seed");
    const updated = await execute(update);
    assert.equal(updated.status, "200");
    assert.match(updated.body, /"id": "[0-9a-f-]{36}"/);
    assert.match(updated.body, /"microsoft\.graph\.deviceAndAppManagementAssignmentTarget"/);
    await update.screenshot({ path: screenshot("seed") });

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
    assert.equal((await execute(await unfold(page, "deleteProfile"))).status, "204");
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test("succeeds with every example of every operation, in the order of the page, on a fresh service", async () => {
    const fresh = await startEphemeralService();
    const { page, complaints } = await open("", fresh.origin);
    await authorize(page);
    const ids = await page.locator(".opblock").evaluateAll((blocks) => blocks.map(({ id }) => id.split("-").at(-1)));
    for (const id of ids) {
      const block = await unfold(page, id ?? "");
      const values = await examples(block)
        .locator("option")
        .evaluateAll((options) => options.map((option) => option.getAttribute("value")));
      for (const value of values.length > 0 ? values : [null]) {
        if (value !== null) await examples(block).selectOption(value);
        const { status, body } = await execute(block);
        assert.match(status, /^2/, `${id} ${value}: ${body}`);
        // A batch is a 200 whatever its requests do.
        assert.doesNotMatch(body, /"status": [45]/, `${id} ${value}`);
      }
      await block.locator(".opblock-summary-control").click();
    }
    assert.deepEqual(complaints, []);
    await page.close();
    await fresh.close();
  });

  test("fills in the id of the last profile that an answer has shown, and after its deletion that of the one before", async () => {
    const { page } = await open();
    await authorize(page);
    const create = await unfold(page, "createProfile");
    const get = await unfold(page, "getProfile");
    assert.equal(await parameter(get, "profileId").inputValue(), "");
    const made: string[] = [];
    for (const _ of [1, 2]) {
      const { body } = await execute(create);
      made.push(/"id": "([0-9a-f-]{36})"/.exec(body)?.[1] ?? "");
      assert.equal(await parameter(get, "profileId").inputValue(), made.at(-1));
    }
    await execute(await unfold(page, "deleteProfile"));
    assert.equal(await parameter(get, "profileId").inputValue(), made[0]);
    await page.close();
  });

  test("fits a phone, also with an operation unfolded", async () => {
    const { page, complaints } = await open();
    await page.setViewportSize(phone);
    await page.screenshot({ path: screenshot("docs-phone"), fullPage: true });
    await authorize(page);
    const create = await unfold(page, "createProfile");
    await execute(create);
    await create.screenshot({ path: screenshot("operation-phone") });
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), phone.width);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test("opens its dialog to who is authorized already, to log out", async () => {
    const { page } = await open();
    await authorize(page);
    await page.locator(".auth-wrapper button.authorize").click();
    await page.screenshot({ path: screenshot("authorized") });
    await page.locator(".dialog-ux").getByRole("button", { name: "Logout" }).click();
    await page.locator(".auth-wrapper button.authorize.unlocked").waitFor();
    await page.close();
  });

  test("gets a new token with a click when the one it has has expired", async () => {
    const { page } = await open();
    const expired = await service.identity.issueToken({ lifetime: -60 });
    const bearer = { name: "bearer", schema: { type: "http", scheme: "bearer" }, value: expired };
    await page.evaluate(`localStorage.setItem("authorized", ${JSON.stringify(JSON.stringify({ bearer }))})`);
    await page.reload();
    const list = await unfold(page, "listProfiles");
    assert.equal((await execute(list)).status, "401");
    const token = page.waitForResponse(/oauth2\/v2\.0\/token$/);
    await page.locator(".auth-wrapper button.authorize").click();
    await (await token).finished();
    assert.equal(await page.locator(".dialog-ux").count(), 0);
    assert.equal((await execute(list)).status, "200");
    await page.close();
  });

  test("asks for a token of the issuer where there is no development identity", async () => {
    const identity = await ephemeralIdentity();
    const store = openSqliteStore(":memory:");
    const app = buildApp({ store, verifyToken: identity.verifyToken });
    const { page, complaints } = await open("", await app.listen({ host: "127.0.0.1", port: 0 }));
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

  test("says without a token that one is required", async () => {
    const { page } = await open();
    const answer = await execute(await unfold(page, "listProfiles"));
    assert.equal(answer.status, "401");
    assert.match(answer.body, /An access token is required/);
    await page.close();
  });

  test("opens the operation that a deep link names, with every parameter", async () => {
    const { page, complaints } = await open("#/Assignments/updateAssignments");
    const names = page.locator('[id$="-updateAssignments"] .parameters tbody tr');
    await names.first().waitFor();
    const shown = await names.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-param-name")));
    assert.deepEqual(shown.sort(), ["If-Match", "If-None-Match", "Prefer", "profileId"]);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test("can be used with the keyboard alone", async () => {
    const { page, complaints } = await open();
    /** Tabs on until the focus is on what the selector names, at most so often. */
    const tabTo = async (selector: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
      }
      assert.fail(`No Tab leads to ${selector}.`);
    };
    await tabTo("button.authorize");
    await page.keyboard.press("Enter");
    await page.locator(".auth-wrapper button.authorize.locked").waitFor();
    await tabTo("[id$='-createProfile'] .opblock-summary-control");
    await page.keyboard.press("Enter");
    await page.locator(".opblock-body .execute").waitFor();
    await tabTo("[id$='-createProfile'] .execute");
    await page.keyboard.press("Enter");
    const live = page.locator(".live-responses-table .response .response-col_status").first();
    assert.match(await live.innerText(), /^201/);
    assert.equal(new URL(page.url()).hash, "#/Profiles/createProfile");
    assert.deepEqual(complaints, []);
    await page.close();
  });

  for (const [name, size] of Object.entries({ desktop, phone })) {
    test(`has no barrier that axe finds serious, folded, unfolded, executed and in its dialog: ${name}`, async () => {
      const { page } = await open();
      await page.setViewportSize(size);
      await page.locator("summary").click();
      assert.deepEqual(await barriers(page), []);
      await authorize(page);
      for (const id of ["createProfile", "listProfiles", "updateAssignments", "deleteProfile"]) {
        const block = await unfold(page, id);
        await execute(block);
        assert.deepEqual(await barriers(page, ".opblock.is-open"), []);
        await block.locator(".opblock-summary-control").click();
      }
      await page.locator(".auth-wrapper button.authorize").click();
      await page.locator(".dialog-ux").waitFor();
      assert.deepEqual(await barriers(page), []);
      await page.close();
    });
  }
});
