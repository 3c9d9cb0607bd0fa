/** The commands `seed` and `export` against a running service. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { after, before, describe, type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type PagingGatewayOptions, startPagingGateway } from "../support/pagingGateway.ts";
import { type Ended, runCli, type Served, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { groupTarget, profilesPath } from "../support/tenant.ts";

const folder = temporaryFolder();
const env = { DATA_DIR: join(folder, "data"), DATABASE_URL: "sqlite::memory:" };
const sample = fileURLToPath(new URL("../../server/seeding/sample.yaml", import.meta.url));
let service: Served;
before(async () => {
  service = await serve(env);
});
after(async () => {
  await service.stop("SIGTERM");
  rmSync(folder, { recursive: true });
});

/** Runs commands in a new tenant. */
function inTenant(tenant = randomUUID()) {
  const run = (command: string, ...args: readonly string[]): Promise<Ended> =>
    runCli([command, ...args, "--url", service.url, "--tenant", tenant], env);
  const seed = (file: string, ...args: readonly string[]) => run("seed", file, ...args);
  const exported = async (...args: readonly string[]) => (await run("export", ...args)).stdout;
  return { tenant, seed, exported };
}

let files = 0;
function fileOf(text: string, extension = "yaml"): string {
  const file = join(folder, `tenant-${files++}.${extension}`);
  writeFileSync(file, text);
  return file;
}

const named = (...names: readonly string[]) =>
  fileOf(JSON.stringify({ profiles: names.map((displayName) => ({ displayName })) }), "json");

describe("seed", () => {
  test("seed loads the sample, export writes the same file without its comment, and seeding that changes nothing", async () => {
    const { seed, exported } = inTenant();
    assert.equal((await seed(sample)).stdout, "Created 3 profiles and 4 assignments.\n");
    const text = await exported();
    assert.equal(text, readFileSync(sample, "utf8").replace(/^#.*\n/, ""));
    const again = await seed(sample, "--json");
    const nothing = { profiles: 0, assignments: 0 };
    assert.deepEqual(JSON.parse(again.stdout), {
      created: nothing,
      unchanged: { profiles: 3 },
      deleted: { profiles: 0 },
    });
    assert.equal(await exported(), text);
  });
  test("seed continues after an interruption that left only the first profiles, some without assignments", async () => {
    const { seed, exported } = inTenant();
    const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: "sales" };
    await seed(named("A", "A"));
    const whole = {
      profiles: [{ displayName: "A" }, { displayName: "A", assignments: [{ target }] }, { displayName: "B" }],
    };
    const { stdout } = await seed(fileOf(JSON.stringify(whole)));
    assert.equal(stdout, "Created 1 profile and 1 assignment, 2 profiles already existed.\n");
    const { profiles } = JSON.parse(await exported("--format", "json"));
    assert.deepEqual(
      profiles.map(({ displayName, assignments = [] }: { displayName: string; assignments?: [] }) => [
        displayName,
        assignments.length,
      ]),
      [
        ["A", 0],
        ["A", 1],
        ["B", 0],
      ],
    );
  });
  test("seed does not change a tenant with other profiles, and names the flags that would change it", async () => {
    const { seed, exported } = inTenant();
    await seed(named("A", "B"));
    const before = await exported();
    const refused = await seed(named("A", "C"));
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /^The tenant is not empty \(2 profiles\) and does not match the file: its profile "B" at position 1 .*--append.*--replace.*\.\n$/,
    );
    assert.equal(await exported(), before);
  });
  test("seed --append adds the profiles after the existing ones, and seed --replace replaces the existing ones", async () => {
    const { seed, exported } = inTenant();
    await seed(named("A"));
    await seed(named("B", "C"), "--append");
    assert.deepEqual(
      (await exported()).match(/displayName: ./g)?.map((text) => text.at(-1)),
      ["A", "B", "C"],
    );
    assert.equal(
      (await seed(named("D"), "--replace")).stdout,
      "Deleted 3 profiles, created 1 profile and 0 assignments.\n",
    );
    assert.deepEqual((await exported()).match(/displayName: ./g), ["displayName: D"]);
  });
  test("seed keeps the order of profiles that it creates in several batches", async () => {
    const { seed, exported } = inTenant();
    const assignments = Array.from({ length: 25 }, (_, index) => ({
      target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: `g${index}` },
    }));
    const profiles = Array.from({ length: 50 }, (_, index) => ({
      displayName: `Profile ${index}`,
      platform: "iOS",
      defaultEnrollmentType: "device",
      ...(index % 10 === 0 && { assignments }),
    }));
    const text = `${JSON.stringify({ profiles }, null, 2)}\n`;
    await seed(fileOf(text, "json"));
    assert.equal(await exported("--format", "json"), text);
  });
  test("seed reads the output of export from a slow pipe", async () => {
    const [from, to] = [inTenant(), randomUUID()];
    // The output is larger than the buffer of a pipe.
    const profiles = Array.from({ length: 100 }, (_, index) => ({
      displayName: `Profile ${index}`,
      description: "d".repeat(1000),
    }));
    await from.seed(fileOf(JSON.stringify({ profiles }), "json"));
    const cli = fileURLToPath(new URL("../../server/cli/cli.ts", import.meta.url));
    const command = (words: string) => `'${process.execPath}' '${cli}' ${words} --url '${service.url}'`;
    const line = `${command(`export --tenant ${from.tenant}`)} | (sleep 3; cat) | ${command(`seed - --tenant ${to}`)}`;
    const { stdout } = await promisify(execFile)("sh", ["-c", line], { env });
    assert.equal(stdout, "Created 100 profiles and 0 assignments.\n");
  });

  const group = '"@odata.type": "#microsoft.graph.groupAssignmentTarget"';
  const wrong: readonly (readonly [what: string, text: string, line: number, sentence: RegExp])[] = [
    ["invalid YAML", "profiles:\n  - displayName: 'A\n", 3, /The file is neither YAML nor JSON: /],
    ["an array instead of an object", "[]", 1, /The file must be an object, not an array\./],
    [
      "a number instead of a string",
      "profiles:\n  - displayName: 12\n",
      2,
      /profiles\[0\]\.displayName must be a string, not 12\./,
    ],
    [
      "an id property",
      '{"profiles": [\n{"displayName": "A",\n"id": "1"}]}',
      3,
      /profiles\[0\]\.id is not a property here: the service/,
    ],
    [
      "an unknown enumeration member",
      "profiles:\n- displayName: A\n  platform: windows\n",
      3,
      /is "windows"; it must be one of android/,
    ],
    [
      "a missing property",
      `profiles:\n- displayName: A\n  assignments:\n  - target:\n      ${group}\n`,
      5,
      /profiles\[0\]\.assignments\[0\]\.target\.groupId is missing\./,
    ],
    [
      "a repeated target",
      `profiles:\n- displayName: A\n  assignments:\n  - target: { ${group}, groupId: x }\n  - target: { ${group}, groupId: X }\n`,
      5,
      /assignments\[1\] has the same target as profiles\[0\]\.assignments\[0\]/,
    ],
  ];
  for (const [what, text, line, sentence] of wrong) {
    test(`seed refuses a file with ${what} before any request, with exit code 2 and a sentence with the line number`, async () => {
      const file = fileOf(text);
      const { code, stderr } = await runCli(["seed", file, "--url", "http://127.0.0.1:9/beta"], env);
      assert.ok(stderr.startsWith(`${file}:${line}: `), stderr);
      assert.match(stderr, sentence);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
      assert.equal(code, 2);
    });
  }
  const flags: readonly (readonly [what: string, args: readonly string[], code: number, sentence: RegExp])[] = [
    ["a missing file", ["no-such-file"], 2, /^no-such-file cannot be read \(ENOENT\)\.$/],
    ["an invalid URL", [sample, "--url", "here"], 2, /^--url is 'here'; it must be the URL of a service root/],
    [
      "a service on another machine without a token",
      [sample, "--url", "https://one.example/beta"],
      2,
      /^TOKEN is not set;/,
    ],
    [
      "a host name that may be another machine, without a token",
      [sample, "--url", "http://one.localhost/beta"],
      2,
      /^TOKEN is not set;/,
    ],
    [
      "two flags that exclude each other",
      [sample, "--append", "--replace"],
      2,
      /'--append' cannot be used with.*'--replace'/,
    ],
    ["a service that is not running", [sample, "--url", "http://127.0.0.1:9/beta"], 1, /connection failed.*\.$/],
  ];
  for (const [what, args, code, sentence] of flags) {
    test(`seed refuses ${what} with exit code ${code}`, async () => {
      const ended = await runCli(["seed", ...args], env);
      assert.match(ended.stderr.trimEnd(), sentence);
      assert.equal(ended.code, code);
    });
  }
  test("seed prints the service's error if the token is refused", async () => {
    const { code, stderr } = await runCli(["export", "--url", service.url], { ...env, TOKEN: "nonsense" });
    assert.match(stderr, /^The service answered 401: /);
    assert.equal(code, 1);
  });
});

/** Starts an empty service that refuses each request in a batch with this Retry-After. */
async function startRefusing(retryAfter: number) {
  const server = createServer(async (request, response) => {
    const { requests = [] } = request.method === "POST" ? Object(await json(request)) : {};
    const refusal = {
      status: 429,
      headers: { "Retry-After": String(retryAfter) },
      body: { error: { code: "x", message: "Later." } },
    };
    const responses = requests.map(({ id }: { id: string }) => ({ id, ...refusal }));
    const answer = request.method === "POST" ? { responses } : { value: [] };
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${Object(server.address()).port}/beta`, close: () => server.close() };
}

describe("seed with a service that limits the request rate", () => {
  test("seed fails if Retry-After is an hour", async (t) => {
    const own = await startRefusing(3600);
    t.after(own.close);
    const ended = await runCli(["seed", named("one"), "--url", own.url], { ...env, TOKEN: "any" });
    assert.match(ended.stderr, /^The service answered 429: Later\./);
    assert.equal(ended.code, 1);
  });
  const many = Array.from({ length: 30 }, (_, index) => `P${index}`);
  const limited = { ...env, RATE_LIMIT: "15" };
  test("seed waits for the rate limit and keeps the order of the profiles", async () => {
    const own = await serve(limited);
    const seeded = await runCli(["seed", named(...many), "--url", own.url], env);
    assert.equal(seeded.stdout, "Created 30 profiles and 0 assignments.\n", seeded.stderr);
    const { stdout } = await runCli(["export", "--url", own.url], env);
    assert.deepEqual(stdout.match(/P\d+/g), many);
    await own.stop("SIGTERM");
  });
  test("seed stops soon after Ctrl-C, says how to continue and exits with 130", async (t) => {
    const own = await serve({ ...limited, RATE_LIMIT: "5" });
    t.after(() => own.stop("SIGTERM"));
    // There are so many profiles that SIGINT arrives before all are created, even on a slow machine.
    const hundreds = Array.from({ length: 300 }, (_, index) => `P${index}`);
    const headers = { authorization: `Bearer ${(await runCli(["token"], env)).stdout.trim()}` };
    const hasStarted = async () => {
      const answer = await fetch(`${own.url}${profilesPath}/$count`, { headers });
      return answer.ok && Number(await answer.text()) > 0;
    };
    const ended = await runCli(["seed", named(...hundreds), "--url", own.url], env, async (child) => {
      // The test polls only once a second, because its requests also count against the rate limit.
      const second = () => new Promise((resolve) => setTimeout(resolve, 1000));
      while (child.exitCode === null && !(await hasStarted())) await second();
      child.kill("SIGINT");
    });
    assert.match(
      ended.stderr,
      /^Interrupted\. The tenant has \d+ of the 300 profiles.* Run the same command again to continue\.\n$/,
    );
    assert.equal(ended.code, 130);
  });
});

/** Runs commands in a new tenant through a gateway to the service. */
async function throughGateway(t: TestContext, options: PagingGatewayOptions = {}) {
  const gateway = await startPagingGateway(service.url, options);
  t.after(gateway.close);
  const tenant = randomUUID();
  const run = (command: string, ...args: readonly string[]) =>
    runCli([command, ...args, "--url", gateway.url, "--tenant", tenant], env);
  return { gateway, run, direct: inTenant(tenant) };
}

describe("seed and export with a server that pages", () => {
  const assignments = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      target: groupTarget(`g${index}`),
    }));
  const profiles = [0, 1, 5, 2, 3].map((count) => ({
    displayName: `With ${count}`,
    platform: "iOS",
    defaultEnrollmentType: "unknown",
    ...(count > 0 && { assignments: assignments(count) }),
  }));
  const content = `${JSON.stringify({ profiles }, null, 2)}\n`;

  test("export and seed read all pages of the profiles and of each profile's assignments", async (t) => {
    const { gateway, run, direct } = await throughGateway(t);
    const file = fileOf(content, "json");
    assert.equal((await direct.seed(file)).stdout, "Created 5 profiles and 11 assignments.\n");
    assert.equal((await run("export", "--format", "json")).stdout, content);
    assert.ok(gateway.nextLinks() >= 5, "two for five profiles, two for five assignments, and one for three");
    assert.equal((await run("seed", file)).stdout, "5 profiles already existed.\n");
    assert.equal(
      (await run("seed", named("D"), "--replace")).stdout,
      "Deleted 5 profiles, created 1 profile and 0 assignments.\n",
    );
    assert.deepEqual((await direct.exported()).match(/displayName: .*/g), ["displayName: D"]);
  });
  test("seed --replace does not delete profiles that are the same as in the file", async (t) => {
    const { run, direct } = await throughGateway(t, {
      replace: ({ method }) => (method === "DELETE" ? 500 : undefined),
    });
    const file = fileOf(content, "json");
    await direct.seed(file);
    assert.equal((await run("seed", file, "--replace")).stdout, "5 profiles already existed.\n");
  });
});

describe("seed and export with a server that answers some requests with an error", () => {
  test("seed --replace continues if a profile has already been deleted", async (t) => {
    const { run, direct } = await throughGateway(t, {
      replace: ({ method }) => (method === "DELETE" ? 404 : undefined),
    });
    await direct.seed(named("A", "B", "C"));
    const ended = await run("seed", named("D"), "--replace");
    assert.deepEqual(
      [ended.code, ended.stdout, ended.stderr],
      [0, "Deleted 3 profiles, created 1 profile and 0 assignments.\n", ""],
    );
    assert.deepEqual((await direct.exported()).match(/displayName: ./g), ["displayName: D"]);
  });
  test("seed --replace fails, and creates nothing, if a profile cannot be deleted", async (t) => {
    const { run, direct } = await throughGateway(t, {
      replace: ({ method }) => (method === "DELETE" ? 403 : undefined),
    });
    await direct.seed(named("A", "B", "C"));
    const ended = await run("seed", named("D"), "--replace");
    assert.match(ended.stderr, /^The service answered 403: The gateway has replaced the answer\./);
    assert.deepEqual([ended.code, ended.stdout], [1, ""]);
    // The gateway has forwarded one request, although its answer was replaced. The last profile is deleted first.
    assert.deepEqual((await direct.exported()).match(/displayName: ./g), ["displayName: A", "displayName: B"]);
  });
  test("seed --replace says that the tenant is empty if it cannot create any profile", async (t) => {
    const { run, direct } = await throughGateway(t, {
      replace: ({ method, url }) => (method === "POST" && !url.endsWith("/$batch") ? 403 : undefined),
    });
    await direct.seed(named("A"));
    const ended = await run("seed", named("B"), "--replace");
    assert.match(
      ended.stderr,
      /^The service answered 403: .* The tenant has 0 of the 1 profiles;.* Run the same command again to continue\.\n$/,
    );
    assert.deepEqual([ended.code, ended.stdout], [1, ""]);
  });

  const isList = (url: string) => url.includes(profilesPath.slice(1)) && !url.includes("/assignments");
  const isNextPage = (url: string) => url.includes("$skiptoken");
  const failing: readonly (readonly [what: string, status: number, isReplaced: (url: string) => boolean])[] = [
    ["the list of profiles", 404, (url) => isList(url)],
    ["the second page of the profiles", 500, (url) => isList(url) && isNextPage(url)],
    ["a batch", 404, (url) => url.endsWith("/$batch")],
    ["the assignments of a profile", 404, (url) => url.includes("/assignments")],
    ["the second page of the assignments", 404, (url) => url.includes("/assignments") && isNextPage(url)],
  ];
  test("seed --replace and export fail, and write nothing, if the server does not answer every read", async (t) => {
    let isReplaced: (url: string) => boolean = () => false;
    let status = 0;
    const replace = ({ url }: { readonly url: string }) => (isReplaced(decodeURIComponent(url)) ? status : undefined);
    const { run, direct } = await throughGateway(t, { replace });
    const assignments = ["a", "b", "c"].map((groupId) => ({ target: groupTarget(groupId) }));
    const profiles = ["A", "B", "C"].map((displayName) => ({ displayName, assignments }));
    await direct.seed(fileOf(JSON.stringify({ profiles }), "json"));
    const before = await direct.exported();
    const output = join(folder, "failed.yaml");
    for (const [what, wrongStatus, isWrong] of failing) {
      [status, isReplaced] = [wrongStatus, isWrong];
      for (const ended of await Promise.all([
        run("export", "--output", output),
        run("seed", named("D"), "--replace"),
      ])) {
        const said = `The service answered ${status}: The gateway has replaced the answer.\n`;
        assert.deepEqual([ended.code, ended.stdout, ended.stderr], [1, "", said], what);
      }
    }
    assert.ok(!existsSync(output), "export must not write a file");
    assert.equal(await direct.exported(), before);
  });
});

describe("the output of a command", () => {
  test("token prints JSON with --json", async () => {
    const { stdout } = await runCli(["token", "--json", "--lifetime", "60"], env);
    const { token, tenant, scopes, expires } = JSON.parse(stdout);
    assert.equal(token.split(".").length, 3);
    assert.match(tenant, /^[\da-f-]{36}$/);
    assert.equal(scopes.length, 2);
    assert.ok(Date.parse(expires) > Date.now());
  });
  test("error messages are coloured only on a terminal or with FORCE_COLOR", async () => {
    const plain = await runCli(["seed", "no-such-file"], env);
    assert.ok(!plain.stderr.includes("\x1b"));
    const coloured = await runCli(["seed", "no-such-file"], { ...env, FORCE_COLOR: "1" });
    assert.ok(coloured.stderr.startsWith("\x1b[31m"));
  });
  test("--help shows examples and exit codes", async () => {
    for (const command of ["serve", "token", "seed", "export"]) {
      const { stdout } = await runCli([command, "--help"]);
      assert.match(stdout, /\nExamples:\n {2}npm /);
      assert.match(stdout, /\nExit codes: 0 success; 1 failure; 2 /);
    }
  });
});
