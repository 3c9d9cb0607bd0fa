/** Checks Dockerfile and compose.yaml without building an image. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { validate } from "dockerfile-utils";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../", import.meta.url));
const dockerfile = readFileSync(`${root}Dockerfile`, "utf8");
const compose = parse(readFileSync(`${root}compose.yaml`, "utf8"));
const help = execFileSync(process.execPath, [`${root}server/cli/cli.ts`, "serve", "--help"], { encoding: "utf8" });
const settings = new Set([...help.matchAll(/env:\s+(\w+)/g)].map(([, name]) => name));

/** Whether .dockerignore leaves the path in the build context. */
const isCopied = (path: string) => !/[\\/](node_modules|dist)$/.test(path);

describe("the Dockerfile", () => {
  test("the Dockerfile has no error", () => {
    assert.deepEqual(
      validate(dockerfile).map(({ message, range }) => `${range.start.line + 1}: ${message}`),
      [],
    );
  });
  test("the Dockerfile copies only files that exist and that .dockerignore does not exclude", () => {
    const ignored = readFileSync(`${root}.dockerignore`, "utf8").split("\n");
    const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, list = ""]) => list.split(" "));
    assert.ok(sources.length > 5);
    for (const source of sources) {
      assert.ok(existsSync(`${root}${source}`), source);
      assert.ok(!ignored.includes(source.split("/")[0] ?? ""), `${source} is ignored`);
    }
  });
  test("the Dockerfile copies every file that the service's build needs", (t) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "apple-enrollment-image-")));
    t.after(() => rmSync(folder, { recursive: true }));
    const [, build = ""] = dockerfile.split(/^FROM /m);
    for (const [, list = "", to = ""] of build.matchAll(/^COPY (.*) (\S+)$/gm)) {
      for (const source of list.split(" ")) {
        const name = to.endsWith("/") ? join(to, basename(source)) : to;
        cpSync(join(root, source), join(folder, name), { recursive: true, filter: isCopied });
      }
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const [, script = ""] = /RUN npm run build -- (\w+)/.exec(build) ?? [];
    execFileSync(process.execPath, ["build.ts", script], { cwd: folder });
    const help = execFileSync(process.execPath, ["dist/server/cli/cli.js", "--help"], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.match(help, /^Usage: apple-enrollment/);
  });
  test("the Dockerfile runs the compiled command line with the project's Node version as an unprivileged user", () => {
    const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
    assert.ok(dockerfile.includes(`"${manifest.bin["apple-enrollment"].replace("./", "")}", "serve"]`));
    const major = /\d+/.exec(manifest.devDependencies.node)?.[0];
    const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    assert.deepEqual(new Set(images), new Set([`node:${major}-slim`]));
    assert.match(dockerfile, /^USER node$/m);
    assert.match(dockerfile, /^HEALTHCHECK [\s\S]*\/readyz/m);
  });
});

describe("compose.yaml", () => {
  const { service, database } = compose.services;
  test("compose.yaml sets only settings that exist", () => {
    assert.ok(settings.size > 15);
    const named = Object.keys(service.environment);
    assert.deepEqual(
      named.filter((name) => !settings.has(name)),
      [],
    );
  });
  test("compose.yaml publishes ports only on the loopback interface, because every caller gets a token", () => {
    for (const port of service.ports) assert.match(port, /^127\.0\.0\.1:/);
    assert.equal(database.ports, undefined);
  });
  test("compose.yaml starts the service once PostgreSQL is healthy, with the same user, password and database name", () => {
    assert.equal(service.depends_on.database.condition, "service_healthy");
    const { POSTGRES_USER: user, POSTGRES_PASSWORD: password, POSTGRES_DB: name } = database.environment;
    assert.equal(service.environment.DATABASE_URL, `postgres://${user}:${password}@database:5432/${name}`);
    assert.ok(database.healthcheck.test.includes("pg_isready"));
  });
  test("compose.yaml declares every volume that it uses", () => {
    const used = [service, database].flatMap(({ volumes }) => volumes.map((text: string) => text.split(":")[0]));
    assert.deepEqual(used.sort(), Object.keys(compose.volumes).sort());
  });
});
