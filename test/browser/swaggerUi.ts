/** What a person does in Swagger UI, as the tests of the page do it. */
import type { Locator, Page } from "playwright-core";
import type { Browser, Opened } from "./browser.ts";

/** @param hash a deep link. */
export async function openDocs(browser: Browser, origin: string, hash = ""): Promise<Opened> {
  const opened = await browser.open(`${origin}/docs${hash}`);
  await opened.page.locator(".opblock").first().waitFor();
  return opened;
}

/** The ids of the operations, in the order of the page. */
export async function operationsOn(page: Page): Promise<readonly string[]> {
  const ids = await page.locator(".opblock").evaluateAll((blocks) => blocks.map(({ id }) => id));
  return ids.map((id) => id.split("-").at(-1) ?? "");
}

/** One click. */
export async function authorize(page: Page): Promise<void> {
  await page.locator(".auth-wrapper button.authorize").click();
  await page.locator(".auth-wrapper button.authorize.locked").waitFor();
}

/** The block of an operation, unfolded. */
export async function unfold(page: Page, operationId: string): Promise<Locator> {
  const block = page.locator(`[id$="-${operationId}"]`);
  if (!(await block.getAttribute("class"))?.includes("is-open"))
    await block.locator(".opblock-summary-control").click();
  await untilUnfolded(block);
  return block;
}

/** The button to execute comes first, and does nothing until the parameters are there. */
export async function untilUnfolded(block: Locator): Promise<void> {
  await block.locator(".opblock-body .execute").waitFor();
  await block.locator(".opblock-body .parameters-container").waitFor();
}

/** Folds it again: what is unfolded makes everything else slow. */
export async function fold(block: Locator): Promise<void> {
  await block.locator(".opblock-summary-control").click();
}

/** Presses Execute; resolves to the status and the body shown, without one to nothing. */
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

/** The choice of examples for the body. */
export function examples(block: Locator): Locator {
  return block.locator(".opblock-section-request-body .examples-select-element");
}
