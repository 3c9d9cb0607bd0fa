/** Runs the programs of docs/clients.md that can run here. Only the port is replaced. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { runCli, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";

const run = promisify(execFile);
const page = readFileSync(fileURLToPath(new URL("../../docs/clients.md", import.meta.url)), "utf8");
const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
const dataDir = join(folder, "data");
const service = await serve({ DATA_DIR: dataDir }, ["--tls"]);
after(() => service.stop("SIGTERM"));
const { origin } = new URL(service.url);

/** The page's code blocks in a language, with the test service's port. */
function blocks(language: string): readonly string[] {
  const found = [...page.matchAll(new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "gm"))];
  return found.map(([, text = ""]) => text.replaceAll("https://127.0.0.1:3000", origin));
}

describe("docs/clients.md", () => {
  test("the curl command in docs/clients.md gets a token", async () => {
    const [curl = ""] = blocks("sh").filter((text) => text.trimStart().startsWith("curl"));
    const { stdout } = await run("sh", ["-c", curl], { cwd: folder });
    assert.equal(JSON.parse(stdout).token_type, "Bearer");
  });

  const programs = blocks("js");
  test("docs/clients.md has two JavaScript programs", () => assert.equal(programs.length, 2));
  for (const [index, program] of programs.entries()) {
    test(`program ${index + 1} of docs/clients.md creates a profile`, async () => {
      const file = join(folder, `program-${index}.js`);
      writeFileSync(file, program);
      const token = (await runCli(["token"], { DATA_DIR: dataDir })).stdout.trim();
      const env = {
        PATH: dirname(process.execPath),
        TOKEN: token,
        NODE_EXTRA_CA_CERTS: join(dataDir, "tls", "ca.pem"),
      };
      const { stdout } = await run(process.execPath, [file], { env });
      assert.match(stdout, /^[\da-f-]{36}\n$/);
    });
  }

  test("docs/clients.md links only to files that exist", () => {
    const links = [...page.matchAll(/\]\((\.\.\/[\w./-]+)/g)].map(([, path = ""]) => path);
    const missing = links.filter((path) => !existsSync(new URL(`../../docs/${path}`, import.meta.url)));
    assert.deepEqual(missing, []);
  });
});
