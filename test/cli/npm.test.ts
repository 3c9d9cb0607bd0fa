/** The service as npm starts it. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { eventually } from "../support/eventually.ts";
import { temporaryFolder } from "../support/setting.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Whether a service answers there. */
async function isServing(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

describe("npm start", () => {
  const skip = process.platform === "win32" && "on Windows, npm is a command file, which cannot be started like this";
  test("leaves no service behind when npm is killed", { skip }, async (t) => {
    const folder = temporaryFolder();
    const npm = spawn("npm", ["start", "--", "--port", "0", "--data-dir", folder], {
      cwd: root,
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    t.after(() => {
      // The whole group, in case the service is still there.
      if (npm.pid !== undefined) {
        try {
          process.kill(-npm.pid, "SIGKILL");
        } catch {
          // All of it has ended.
        }
      }
      rmSync(folder, { recursive: true });
    });
    let printed = "";
    npm.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    const origin = await eventually(() => /API +(http:\/\/[\d.:]+)/.exec(printed)?.[1]);
    assert.ok(await isServing(`${origin}/livez`));
    npm.kill("SIGKILL");
    await once(npm, "exit");
    await eventually(async () => !(await isServing(`${origin}/livez`)));
  });
});
