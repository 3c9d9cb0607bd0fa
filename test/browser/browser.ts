/** A browser that is there, and what the tests of the pages do with it. */
import { accessSync, constants, mkdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import axe, { type AxeResults } from "axe-core";
import { chromium, type Page } from "playwright-core";
import { outputDir, temporaryFolder } from "../support/setting.ts";

const executablePath = findChromium();

/** Why a test of the pages can't run; false: it can. */
export const skip =
  executablePath === undefined && "no Chromium found: apt-get install chromium, or name one in CHROMIUM";

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

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

/** The path of a screenshot in a folder that git ignores. */
export function screenshot(name: string): string {
  const folder = join(outputDir, "screenshots");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

export interface Browser {
  /** Opens a page as someone who was never here: what it says and asks for from then on counts as a complaint. */
  open(url: string): Promise<Opened>;
  close(): Promise<void>;
}

export interface Opened {
  readonly page: Page;
  /** Errors on the console, in scripts, and requests to another origin than the page's. */
  readonly complaints: readonly string[];
}

export async function startBrowser(): Promise<Browser> {
  const home = temporaryFolder();
  const browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    // What the browser keeps for its user, it keeps here as well.
    env: { PATH: process.env["PATH"] ?? "", HOME: home, TMPDIR: home },
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
  return {
    open: async (url) => {
      const complaints: string[] = [];
      const context = await browser.newContext({ viewport: desktop, reducedMotion: "reduce" });
      const page = await context.newPage();
      // Long, for a machine that is busy with other tests.
      page.setDefaultTimeout(120_000);
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.route("**/*", (route) => {
        const { origin, protocol } = new URL(route.request().url());
        if (origin === new URL(url).origin || protocol === "data:") return route.continue();
        complaints.push(`asked ${origin}`);
        return route.abort();
      });
      await page.goto(url);
      return { page, complaints };
    },
    close: async () => {
      await browser.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What axe finds of serious and critical level, a line for each element. @param within a selector. */
export async function barriers(page: Page, within = "html"): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  // A button that fades into its colour has another contrast meanwhile.
  await page.evaluate("Promise.allSettled(document.getAnimations().map(({ finished }) => finished))");
  const { violations } = await page.evaluate<AxeResults>(`axe.run("${within}", { resultTypes: ["violations"] })`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}
