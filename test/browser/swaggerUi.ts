/** Simulates a user's steps in Swagger UI for the browser tests. */
import type { Locator, Page } from "playwright-core";
import type { Browser, Opened } from "./browser.ts";

/** Opens Swagger UI and waits until it shows the operations. @param hash the fragment of a deep link. */
export async function openDocs(browser: Browser, origin: string, hash = ""): Promise<Opened> {
  const opened = await browser.open(`${origin}/docs${hash}`);
  await opened.page.locator(".opblock").first().waitFor();
  return opened;
}

/** The operation ids in the order in which the page shows them. */
export async function operationsOn(page: Page): Promise<readonly string[]> {
  const ids = await page.locator(".opblock").evaluateAll((blocks) => blocks.map(({ id }) => id));
  return ids.map((id) => id.split("-").at(-1) ?? "");
}

/** Clicks *Authorize*, and waits until a token is set. */
export async function authorize(page: Page): Promise<void> {
  await page.locator(".auth-wrapper button.authorize").click();
  await page.locator(".auth-wrapper button.authorize.locked").waitFor();
}

/** Unfolds an operation. @returns its block. */
export async function unfold(page: Page, operationId: string): Promise<Locator> {
  const block = page.locator(`[id$="-${operationId}"]`);
  if (!(await block.getAttribute("class"))?.includes("is-open"))
    await block.locator(".opblock-summary-control").click();
  await untilUnfolded(block);
  return block;
}

/** Waits for the button *Execute* and the parameters. The parameters are rendered later, and the button needs them. */
export async function untilUnfolded(block: Locator): Promise<void> {
  await block.locator(".opblock-body .execute").waitFor();
  await block.locator(".opblock-body .parameters-container").waitFor();
}

/** Folds the operation's block, because unfolded blocks slow the page down. */
export async function fold(block: Locator): Promise<void> {
  await block.locator(".opblock-summary-control").click();
}

/** Clicks *Execute*. @returns the status and the body that the page shows; "" if there is no body. */
export async function execute(block: Locator): Promise<{ status: string; body: string }> {
  const clear = block.getByRole("button", { name: "Clear", exact: true });
  if (await clear.isVisible()) await clear.click();
  await block.getByRole("button", { name: "Execute" }).click();
  const live = block.locator(".live-responses-table .response").first();
  await live.waitFor();
  const [body = ""] = await live.locator(".response-col_description .highlight-code").allInnerTexts();
  return { status: (await live.locator(".response-col_status").innerText()).trim().slice(0, 3), body };
}

export function parameter(block: Locator, name: string): Locator {
  return block.locator(`tr[data-param-name="${name}"] input`);
}

/** The select box in which the user chooses an example body. */
export function examples(block: Locator): Locator {
  return block.locator(".opblock-section-request-body .examples-select-element");
}
