/** Slow tests of Swagger UI in a real browser. They take at least a minute; `npm run test:browser` runs them. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { DevelopmentIdentity } from "../../server/auth/development.ts";
import { type Service, startEphemeralService } from "../../server/process/service.ts";
import { type Browser, barriers, desktop, phone, screenshot, skip, startBrowser } from "./browser.ts";
import {
  authorize,
  examples,
  execute,
  fold,
  openDocs,
  operationsOn,
  parameter,
  unfold,
  untilUnfolded,
} from "./swaggerUi.ts";

describe("Swagger UI, thoroughly", { skip }, () => {
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

  test("executes all examples of all operations successfully on a new service, in the order of the page", async () => {
    const fresh = await startEphemeralService();
    const { page, complaints } = await openDocs(browser, fresh.origin);
    await authorize(page);
    const ids = await operationsOn(page);
    for (const id of ids) {
      const block = await unfold(page, id);
      const values = await examples(block)
        .locator("option")
        .evaluateAll((options) => options.map((option) => option.getAttribute("value")));
      for (const value of values.length > 0 ? values : [null]) {
        if (value !== null) await examples(block).selectOption(value);
        const { status, body } = await execute(block);
        assert.match(status, /^2/, `${id} ${value}: ${body}`);
        // The status of a batch is 200 even if its requests fail, so each inner status is checked.
        assert.doesNotMatch(body, /"status": [45]/, `${id} ${value}`);
      }
      await fold(block);
    }
    assert.deepEqual(complaints, []);
    await page.close();
    await fresh.close();
  });

  test("fills in the profile id from the latest response, and the previous id after that profile was deleted", async () => {
    const { page } = await openDocs(browser, service.origin);
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

  test("fits a phone screen even if an operation is unfolded", async () => {
    const { page, complaints } = await openDocs(browser, service.origin);
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

  test("lets the user log out in the authorization dialog", async () => {
    const { page } = await openDocs(browser, service.origin);
    await authorize(page);
    await page.locator(".auth-wrapper button.authorize").click();
    await page.screenshot({ path: screenshot("authorized") });
    await page.locator(".dialog-ux").getByRole("button", { name: "Logout" }).click();
    await page.locator(".auth-wrapper button.authorize.unlocked").waitFor();
    await page.close();
  });

  test("gets a new token with one click if the current token has expired", async () => {
    const { page } = await openDocs(browser, service.origin);
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

  test("can be used with only a keyboard", async () => {
    const { page, complaints } = await openDocs(browser, service.origin);
    /** Presses Tab up to 60 times, until an element that matches the selector has the focus. */
    const tabTo = async (selector: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
      }
      assert.fail(`Tab does not reach ${selector}.`);
    };
    await tabTo("button.authorize");
    await page.keyboard.press("Enter");
    await page.locator(".auth-wrapper button.authorize.locked").waitFor();
    await tabTo("[id$='-createProfile'] .opblock-summary-control");
    await page.keyboard.press("Enter");
    await untilUnfolded(page.locator("[id$='-createProfile']"));
    await tabTo("[id$='-createProfile'] .execute");
    await page.keyboard.press("Enter");
    const live = page.locator(".live-responses-table .response .response-col_status").first();
    assert.match(await live.innerText(), /^201/);
    assert.equal(new URL(page.url()).hash, "#/Profiles/createProfile");
    assert.deepEqual(complaints, []);
    await page.close();
  });

  for (const [name, size] of Object.entries({ desktop, phone })) {
    test(`has no serious accessibility problem before and after unfolding and executing, or in its dialog: ${name}`, async () => {
      const { page } = await openDocs(browser, service.origin);
      await page.setViewportSize(size);
      await page.locator("summary").click();
      assert.deepEqual(await barriers(page), []);
      await authorize(page);
      for (const id of ["createProfile", "listProfiles", "updateAssignments", "deleteProfile"]) {
        const block = await unfold(page, id);
        await execute(block);
        assert.deepEqual(await barriers(page, ".opblock.is-open"), []);
        await fold(block);
      }
      await page.locator(".auth-wrapper button.authorize").click();
      await page.locator(".dialog-ux").waitFor();
      assert.deepEqual(await barriers(page), []);
      await page.close();
    });
  }
});
