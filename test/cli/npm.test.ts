/** Tests a service that npm has started. */
import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import type { Readable } from "node:stream";
import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { eventually } from "../support/eventually.ts";
import { temporaryFolder } from "../support/setting.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Whether a service answers at the URL. */
async function isServing(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

type Started = ChildProcessByStdio<null, Readable, null>;

/** Ends a process that was started as a group, with all its children. */
function stopGroup({ pid }: Started): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All of them have ended.
  }
}

function originPrintedBy({ stdout }: Started): Promise<string> {
  let printed = "";
  stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  return eventually(() => /API +(http:\/\/[\d.:]+)/.exec(printed)?.[1]);
}

describe("npm start", () => {
  const skip = process.platform === "win32" && "on Windows, npm is a command file, which cannot be started like this";
  test("stops the service when npm is killed", { skip }, async (t) => {
    const folder = temporaryFolder();
    const npm = spawn("npm", ["start", "--", "--port", "0", "--data-dir", folder], {
      cwd: root,
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    t.after(() => {
      stopGroup(npm);
      rmSync(folder, { recursive: true });
    });
    const origin = await originPrintedBy(npm);
    assert.ok(await isServing(`${origin}/livez`));
    npm.kill("SIGKILL");
    await once(npm, "exit");
    await eventually(async () => !(await isServing(`${origin}/livez`)));
  });
});

describe("a service whose parent is npm itself, because the shell has replaced itself with the command", () => {
  const skip = process.platform === "win32" && "Windows has no such shells";
  test("keeps running when the shell that started npm ends", { skip }, async (t) => {
    const folder = temporaryFolder();
    // Stands in for npm: it starts the service without a shell between them.
    const npm = `
      const { spawn } = require("node:child_process");
      spawn(process.execPath, ["server/cli/cli.ts", "serve", "--port", "0", "--data-dir", process.argv[1]], { stdio: "inherit" });`;
    const shell = spawn("sh", ["-c", `"$0" -e "$1" "$2" & wait`, process.execPath, npm, folder], {
      cwd: root,
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
      env: { ...process.env, npm_command: "exec" },
    });
    t.after(() => {
      stopGroup(shell);
      rmSync(folder, { recursive: true });
    });
    const origin = await originPrintedBy(shell);
    const exited = once(shell, "exit");
    shell.kill("SIGKILL");
    await exited;
    // Several checks of the parent take place in this time.
    await delay(2000);
    assert.ok(await isServing(`${origin}/livez`));
  });
});
