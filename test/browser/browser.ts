/** Starts an installed Chromium, opens pages in it, and checks their accessibility. */
import { accessSync, constants, mkdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import axe, { type AxeResults } from "axe-core";
import { chromium, type Page } from "playwright-core";
import { outputDir, temporaryFolder } from "../support/setting.ts";

const executablePath = findChromium();

/** Why tests that need a browser are skipped, or `false` if a browser was found. */
export const skip =
  executablePath === undefined &&
  "Chromium was not found. Install it, for example with apt-get install chromium, or set its path in CHROMIUM.";

/** The browser that the variable CHROMIUM names; otherwise the first known Chromium executable in PATH. */
function findChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = ["chromium", "chromium-browser", "google-chrome"].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  return [process.env["CHROMIUM"], ...candidates].find((path) => path !== undefined && isExecutable(path));
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

/** The file path for a screenshot. Git ignores its folder. */
export function screenshot(name: string): string {
  const folder = join(outputDir, "screenshots");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

export interface Browser {
  /** Opens a page in a new browser profile, and collects the page's errors. */
  open(url: string): Promise<Opened>;
  close(): Promise<void>;
}

export interface Opened {
  readonly page: Page;
  /** The page's console errors, uncaught exceptions and requests to other origins. */
  readonly complaints: readonly string[];
}

export async function startBrowser(): Promise<Browser> {
  const home = temporaryFolder();
  const browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    // The browser writes its files into a temporary folder instead of the user's home folder.
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
      // The machine may be busy with other tests, so the time-out is long.
      page.setDefaultTimeout(120_000);
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.route("**/*", (route) => {
        const { origin, protocol } = new URL(route.request().url());
        if (origin === new URL(url).origin || protocol === "data:") return route.continue();
        complaints.push(`request to ${origin}`);
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

/** Runs axe. @param within selects the elements to check. @returns one line for each serious or critical problem. */
export async function barriers(page: Page, within = "html"): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  // axe would measure a wrong contrast while a button fades to its final colour, so wait for the animation.
  await page.evaluate("Promise.allSettled(document.getAnimations().map(({ finished }) => finished))");
  const { violations } = await page.evaluate<AxeResults>(`axe.run("${within}", { resultTypes: ["violations"] })`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}
