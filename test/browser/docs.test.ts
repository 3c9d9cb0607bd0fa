/** Swagger UI in a real browser: what a person does with it. */
import assert from "node:assert/strict";
import { accessSync, constants, mkdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { type Service, startEphemeralService } from "../../server/main.ts";
import { outputDir, temporaryFolder } from "../setting.ts";

const executablePath = findChromium();
const skip = executablePath === undefined && "no Chromium found: apt-get install chromium, or name one in CHROMIUM";

/** The browser CHROMIUM names, or the first of the usual names in the PATH. */
function findChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const usual = ["chromium", "chromium-browser", "google-chrome"].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  return [process.env["CHROMIUM"], ...usual].find((path) => path !== undefined && isExecutable(path));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

describe("Swagger UI", { skip }, () => {
  const profile = temporaryFolder();
  const screenshots = join(outputDir, "screenshots");
  let service: Service;
  let browser: BrowserContext;
  let token: string;
  /** What the browser complained about, and what it asked of others, since the test began. */
  let complaints: string[];

  before(async () => {
    mkdirSync(screenshots, { recursive: true });
    const ephemeral = await startEphemeralService();
    service = ephemeral;
    token = await ephemeral.identity.issueToken();
    browser = await chromium.launchPersistentContext(profile, {
      ...(executablePath !== undefined && { executablePath }),
      viewport: { width: 1280, height: 900 },
      // What the browser keeps for its user, it keeps here as well.
      env: { PATH: process.env["PATH"] ?? "", HOME: profile },
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  });
  after(async () => {
    await browser?.close();
    await service?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  async function open(hash = ""): Promise<Page> {
    complaints = [];
    const page = await browser.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.route("**/*", (route) => {
      const { origin, protocol } = new URL(route.request().url());
      if (origin === service.origin || protocol === "data:") return route.continue();
      complaints.push(`asked ${origin}`);
      return route.abort();
    });
    await page.goto(`${service.origin}/docs${hash}`);
    await page.locator(".opblock").first().waitFor();
    return page;
  }

  async function authorize(page: Page): Promise<void> {
    await page.locator("button.authorize").first().click();
    const dialog = page.locator(".dialog-ux");
    await dialog.getByLabel("Value").fill(token);
    await dialog.getByRole("button", { name: "Apply credentials" }).click();
    await dialog.getByRole("button", { name: "Close" }).first().click();
  }

  /** The block of an operation, unfolded. */
  async function unfold(page: Page, operationId: string): Promise<Locator> {
    const block = page.locator(`[id$="-${operationId}"]`);
    if (!(await block.getAttribute("class"))?.includes("is-open"))
      await block.locator(".opblock-summary-control").click();
    await block.locator(".opblock-body").waitFor();
    return block;
  }

  /** Presses Execute; resolves to the status and the body shown. */
  async function execute(block: Locator): Promise<{ status: string; body: string }> {
    await block.getByRole("button", { name: "Execute" }).click();
    const live = block.locator(".live-responses-table .response").first();
    await live.waitFor();
    return {
      status: (await live.locator(".response-col_status").innerText()).trim(),
      body: await live.locator(".response-col_description .highlight-code").first().innerText(),
    };
  }

  test("shows every operation by tag, calls this service by default, and asks no other host", async () => {
    const page = await open();
    assert.equal(await page.title(), "Apple user-initiated enrollment");
    assert.equal(await page.locator(".servers select").inputValue(), "/beta");
    assert.deepEqual(await page.locator(".opblock-tag > a").allInnerTexts(), ["Profiles", "Assignments", "Service"]);
    assert.equal(await page.locator(".opblock").count(), 16);
    await page.screenshot({ path: join(screenshots, "desktop.png"), fullPage: true });
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test("fits a phone, also with an operation unfolded", async () => {
    const page = await open();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: join(screenshots, "phone.png"), fullPage: true });
    const list = await unfold(page, "listProfiles");
    await list.screenshot({ path: join(screenshots, "phone-operation.png") });
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test("runs the seed's PATCH on a profile it has created, after Authorize with a token", async () => {
    const page = await open();
    await authorize(page);
    const create = await unfold(page, "createProfile");
    const created = await execute(create);
    assert.equal(created.status, "201");
    const profileId = /"id": "([0-9a-f-]{36})"/.exec(created.body)?.[1] ?? "";

    const update = await unfold(page, "updateAssignments");
    await update.locator('tr[data-param-name="profileId"] input').fill(profileId);
    await update.locator(".examples-select select, select.examples-select-element").first().selectOption("seed");
    const updated = await execute(update);
    assert.equal(updated.status, "200");
    assert.match(updated.body, /"id": "[0-9a-f-]{36}"/);
    assert.match(updated.body, /"microsoft\.graph\.deviceAndAppManagementAssignmentTarget"/);
    await update.screenshot({ path: join(screenshots, "seed.png") });
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test("gets a token by itself when Authorize is pressed", async () => {
    const page = await open();
    await page.evaluate("localStorage.clear()");
    await page.reload();
    await page.locator("button.authorize").first().click();
    const dialog = page.locator(".dialog-ux");
    await page.screenshot({ path: join(screenshots, "authorize.png") });
    await dialog.getByRole("button", { name: "Apply given OAuth2 credentials" }).click();
    await dialog.getByRole("button", { name: "Remove authorization" }).waitFor();
    await dialog.getByRole("button", { name: "Close" }).first().click();
    assert.equal((await execute(await unfold(page, "listProfiles"))).status, "200");
    assert.deepEqual(complaints, []);
    await page.close();
  });

  test("says without a token that one is required", async () => {
    const page = await open();
    await page.evaluate("localStorage.clear()");
    await page.reload();
    const list = await unfold(page, "listProfiles");
    const answer = await execute(list);
    assert.equal(answer.status, "401");
    assert.match(answer.body, /An access token is required/);
    await page.close();
  });

  test("opens the operation that a deep link names", async () => {
    const page = await open("#/Assignments/updateAssignments");
    await page.locator('[id$="-updateAssignments"] .opblock-body').waitFor();
    assert.deepEqual(complaints, []);
    await page.screenshot({ path: join(screenshots, "deep-link.png") });
    await page.close();
  });

  test("shows every parameter of the operation that a deep link names", async () => {
    const page = await open("#/Assignments/updateAssignments");
    const names = page.locator('[id$="-updateAssignments"] .parameters tbody tr');
    await names.first().waitFor();
    const shown = await names.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-param-name")));
    assert.deepEqual(shown.sort(), ["If-Match", "If-None-Match", "Prefer", "profileId"]);
    await page.close();
  });
});
