/** Tests the code blocks, links and figures in README.md and docs/. blocks.ts lists which test runs each code block. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { promisify } from "node:util";
import { compileErrorsOf, pageOf, programsOf } from "../support/documented.ts";
import { runCli, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { blockRunners, blocks, pages, read, root, runnerOf, thisRunner } from "./blocks.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));

/** Returns those blocks of a page that this file runs. @param has a text that the blocks must contain. */
function blocksHere(page: string, has = ""): readonly string[] {
  const found = blocks.filter(
    (block) => block.page === page && block.text.includes(has) && runnerOf(block)?.[2] === thisRunner,
  );
  assert.ok(found.length > 0, `${page} ${has}`);
  return found.map(({ text }) => text);
}

const env = { PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`, HOME: folder };
const shell = (script: string, more: Readonly<Record<string, string>> = {}, cwd = root) =>
  promisify(execFile)("sh", ["-ec", script], { cwd, env: { ...env, ...more } });

describe("the documents", () => {
  test("every code block in the documents is run by a test or has a reason why it is not run", () => {
    assert.ok(blocks.length > 80);
    assert.deepEqual(
      blocks.filter((block) => runnerOf(block) === undefined),
      [],
    );
    const used = new Set(blocks.map(runnerOf));
    assert.deepEqual(
      blockRunners.filter((entry) => !used.has(entry)),
      [],
    );
    const files = blockRunners.map(([, , by]) => by).filter((by) => !by.startsWith("Not run"));
    assert.deepEqual(
      files.filter((file) => !existsSync(join(root, file))),
      [],
    );
  });
  test(".ci/run contains every command of the code blocks that it should run", () => {
    const ci = read(".ci/run");
    const commands = blocks
      .filter((block) => runnerOf(block)?.[2] === ".ci/run")
      .flatMap(({ text }) => text.trim().split(" && "));
    assert.ok(commands.length > 5);
    assert.deepEqual(
      commands.filter((command) => !ci.includes(`\n${command}`)),
      [],
    );
  });
  test("every link in the documents leads to an existing file and heading", () => {
    const wrong = pages.flatMap((page) => brokenLinks(page).map((link) => `${page}: ${link}`));
    assert.deepEqual(wrong, []);
  });
});

/** Returns the anchor that GitHub creates for a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .trim()
    .replaceAll(" ", "-");
}

function brokenLinks(page: string): readonly string[] {
  const links = [...read(page).matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : join(dirname(page), path);
    if (!existsSync(join(root, target))) return true;
    if (anchor === undefined || !target.endsWith(".md")) return false;
    return ![...read(target).matchAll(/^#+ (.*)$/gm)].some(([, heading = ""]) => anchorOf(heading) === anchor);
  });
}

describe("docs/deployment.md", () => {
  test("the settings in docs/deployment.md are valid: serve fails only because the database or issuer is unreachable", async () => {
    for (const text of blocksHere("docs/deployment.md", "npm start")) {
      const script = text
        .replaceAll("<tenant>", "11111111-2222-4333-8444-555555555555")
        .replace("<application-id>", "app");
      const line = script.replace(
        "npm start",
        `node ${join(root, "server/cli/cli.ts")} serve --port 0 --data-dir ${folder}`,
      );
      const local = line
        .replace("db.example:5432", "127.0.0.1:1")
        .replaceAll("login.microsoftonline.com", "localhost:1");
      const { code, stderr } = await shell(local).catch((error) => error);
      assert.equal(code, 2, stderr);
      assert.match(stderr, /^The (database|issuer) \S+ cannot be used: /);
    }
  });
  test("the credential in docs/deployment.md compiles", () => {
    const given = 'import { ClientSecretCredential } from "@azure/identity";\ndeclare const tenantId: string;\n';
    const programs = programsOf(pageOf("deployment.md"), folder, () => given);
    writeFileSync(programs[0]?.file ?? "", "void credential;\n", { flag: "a" });
    assert.deepEqual(compileErrorsOf(programs), []);
  });
  test("the figures in docs/deployment.md are the same as in the benchmark chart", () => {
    const measured = read("docs/benchmark.svg");
    const rows = pageOf("deployment.md").matchAll(/^\|[^|]+((?:\| [\d,]* ?)+)\|$/gm);
    const figures = [...rows].flatMap(([, cells = ""]) => cells.match(/[\d,]+/g) ?? []);
    assert.equal(figures.length, 19);
    assert.deepEqual(
      figures.filter((figure) => !measured.includes(`>${figure}  (`)),
      [],
    );
  });
});

describe("commands in docs/", () => {
  test("the documented commands download the contract, and seed, export, back up and restore a tenant", async (t) => {
    const dataDir = join(folder, "data");
    const service = await serve({ DATA_DIR: dataDir });
    t.after(() => service.stop("SIGTERM"));
    const { origin } = new URL(service.url);
    for (const { text } of blocks.filter(({ text }) => text.startsWith("curl -sSO"))) {
      await shell(text.replace("http://127.0.0.1:3000", origin), {}, folder);
    }
    assert.equal(readFileSync(join(folder, "openapi.yaml"), "utf8"), read("openapi.yaml"));

    const [seed = ""] = blocksHere("docs/seed.md");
    const script = seed.replaceAll("\n", ` --url ${service.url}\n`);
    const exported = join(folder, "tenant.yaml");
    await shell(script.replace("--output tenant.yaml", `--output ${exported}`), { DATA_DIR: dataDir });
    assert.match(readFileSync(exported, "utf8"), /displayName/);

    const [backup = "", restore = ""] = blocksHere("docs/operations.md", "npx apple-enrollment").map((text) =>
      text.trim().replace("npx apple-enrollment ", "").replace("/backups", folder),
    );
    assert.equal((await runCli(backup.split(" "), { DATA_DIR: dataDir })).code, 0);
    assert.equal((await runCli(restore.split(" "), { DATA_DIR: join(folder, "restored") })).code, 0);
  });
  test("the documented openssl certificate lets the service answer as graph.microsoft.com", async (t) => {
    if ((await shell("openssl version").catch(() => undefined)) === undefined)
      return t.skip("openssl is not installed.");
    const [text = ""] = blocksHere("docs/clients.md", "openssl");
    const [, make = "", hosts = "", flags = ""] =
      /^([\s\S]*)ALLOWED_HOSTS="(.*)" npm start -- (.*) --port 443/m.exec(text) ?? [];
    await shell(make, {}, folder);
    const files = flags.split(" ").map((word) => (word.startsWith("--") ? word : join(folder, word)));
    const service = await serve({ DATA_DIR: join(folder, "graph"), ALLOWED_HOSTS: hosts }, files);
    t.after(() => service.stop("SIGTERM"));
    const { port } = new URL(service.url);
    const curl = `curl -sS --cacert graph.pem --resolve graph.microsoft.com:${port}:127.0.0.1 https://graph.microsoft.com:${port}/readyz`;
    await shell(`${curl} -f -o ready`, {}, folder);
  });
});
