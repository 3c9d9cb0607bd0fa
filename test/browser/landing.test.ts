/** Tests the landing page at `/` in a real browser. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Service, startEphemeralService } from "../../server/process/service.ts";
import { type Browser, barriers, desktop, phone, screenshot, skip, startBrowser } from "./browser.ts";

describe("the page at /", { skip }, () => {
  let service: Service;
  let browser: Browser;
  before(async () => {
    service = await startEphemeralService();
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await service?.close();
  });

  for (const [name, size] of Object.entries({ desktop, phone })) {
    for (const colorScheme of ["light", "dark"] as const) {
      test(`is styled, fits a ${name} screen and has no serious accessibility problem in ${colorScheme} colours`, async () => {
        const { page, complaints } = await browser.open(`${service.origin}/`);
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(size);
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), size.width);
        assert.equal(await page.evaluate("getComputedStyle(document.querySelector('pre code')).userSelect"), "all");
        await page.screenshot({ path: screenshot(`landing-${name}-${colorScheme}`), fullPage: true });
        assert.deepEqual(await barriers(page), []);
        assert.deepEqual(complaints, []);
        await page.close();
      });
    }
  }

  test("the landing page links to the docs", async () => {
    const { page, complaints } = await browser.open(`${service.origin}/`);
    await page.getByRole("link", { name: "/docs" }).click();
    await page.locator(".opblock").first().waitFor();
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
