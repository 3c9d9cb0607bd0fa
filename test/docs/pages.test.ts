/** README.md and docs/: each block is run by a test or says why not, each link leads somewhere, each figure is a measured one. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { promisify } from "node:util";
import { compileErrorsOf, pageOf, programsOf } from "../support/documented.ts";
import { runCli, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { blocks, here, known, knownBy, pages, read, root } from "./blocks.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));

/** The blocks of a page that are run here. */
function own(page: string, has = ""): readonly string[] {
  const found = blocks.filter(
    (block) => block.page === page && block.text.includes(has) && knownBy(block)?.[2] === here,
  );
  assert.ok(found.length > 0, `${page} ${has}`);
  return found.map(({ text }) => text);
}

const env = { PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`, HOME: folder };
const shell = (script: string, more: Readonly<Record<string, string>> = {}, cwd = root) =>
  promisify(execFile)("sh", ["-ec", script], { cwd, env: { ...env, ...more } });

describe("the documents", () => {
  test("have no block that nothing runs without a reason, and no reason without a block", () => {
    assert.ok(blocks.length > 80);
    assert.deepEqual(
      blocks.filter((block) => knownBy(block) === undefined),
      [],
    );
    const used = new Set(blocks.map(knownBy));
    assert.deepEqual(
      known.filter((entry) => !used.has(entry)),
      [],
    );
    const files = known.map(([, , by]) => by).filter((by) => !by.startsWith("Not run"));
    assert.deepEqual(
      files.filter((file) => !existsSync(join(root, file))),
      [],
    );
  });
  test("name only commands of .ci/run where it is to run them", () => {
    const ci = read(".ci/run");
    const commands = blocks
      .filter((block) => knownBy(block)?.[2] === ".ci/run")
      .flatMap(({ text }) => text.trim().split(" && "));
    assert.ok(commands.length > 5);
    assert.deepEqual(
      commands.filter((command) => !ci.includes(`\n${command}`)),
      [],
    );
  });
  test("lead to files and headings that exist", () => {
    const wrong = pages.flatMap((page) => brokenLinks(page).map((link) => `${page}: ${link}`));
    assert.deepEqual(wrong, []);
  });
});

/** A heading as the end of a link, as GitHub makes it. */
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
  test("has settings that the service takes, and goes on to look for the database or the issuer they name", async () => {
    for (const text of own("docs/deployment.md", "npm start")) {
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
      assert.match(stderr, /^The (database|issuer) \S+ (can't|cannot) be used: /);
    }
  });
  test("has a credential that compiles", () => {
    const given = 'import { ClientSecretCredential } from "@azure/identity";\ndeclare const tenantId: string;\n';
    const programs = programsOf(pageOf("deployment.md"), folder, () => given);
    writeFileSync(programs[0]?.file ?? "", "void credential;\n", { flag: "a" });
    assert.deepEqual(compileErrorsOf(programs), []);
  });
  test("has figures that are those of the benchmark's picture", () => {
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

describe("a service as the documents start it", () => {
  test("gives its contract to generators, is filled and written down, backed up and restored", async (t) => {
    const dataDir = join(folder, "data");
    const service = await serve({ DATA_DIR: dataDir });
    t.after(() => service.stop("SIGTERM"));
    const { origin } = new URL(service.url);
    for (const { text } of blocks.filter(({ text }) => text.startsWith("curl -sSO"))) {
      await shell(text.replace("http://127.0.0.1:3000", origin), {}, folder);
    }
    assert.equal(readFileSync(join(folder, "openapi.yaml"), "utf8"), read("openapi.yaml"));

    const [seed = ""] = own("docs/seed.md");
    const script = seed.replaceAll("\n", ` --url ${service.url}\n`);
    const written = join(folder, "tenant.yaml");
    await shell(script.replace("--output tenant.yaml", `--output ${written}`), { DATA_DIR: dataDir });
    assert.match(readFileSync(written, "utf8"), /displayName/);

    const [backup = "", restore = ""] = own("docs/operations.md", "npx apple-enrollment").map((text) =>
      text.trim().replace("npx apple-enrollment ", "").replace("/backups", folder),
    );
    assert.equal((await runCli(backup.split(" "), { DATA_DIR: dataDir })).code, 0);
    assert.equal((await runCli(restore.split(" "), { DATA_DIR: join(folder, "restored") })).code, 0);
  });
  test("is Microsoft Graph by name, with a certificate that openssl makes", async (t) => {
    if ((await shell("openssl version").catch(() => undefined)) === undefined) return t.skip("There is no openssl.");
    const [text = ""] = own("docs/clients.md", "openssl");
    const [, make = "", hosts = "", flags = ""] =
      /^([\s\S]*)ALLOWED_HOSTS="(.*)" npm start -- (.*) --port 443/m.exec(text) ?? [];
    await shell(make, {}, folder);
    const files = flags.split(" ").map((word) => (word.startsWith("--") ? word : join(folder, word)));
    const service = await serve({ DATA_DIR: join(folder, "graph"), ALLOWED_HOSTS: hosts }, files);
    t.after(() => service.stop("SIGTERM"));
    const { port } = new URL(service.url);
    const asked = `curl -sS --cacert graph.pem --resolve graph.microsoft.com:${port}:127.0.0.1 https://graph.microsoft.com:${port}/readyz`;
    await shell(`${asked} -f -o ready`, {}, folder);
  });
});
