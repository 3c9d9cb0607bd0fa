/** Runs the command `apple-enrollment verify` in a separate process, as a user does. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { text } from "node:stream/consumers";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient } from "../../client/index.ts";
import { declaredCells } from "../../verify/judging/coverage.ts";
import { operations } from "../../verify/server/contract.ts";
import { runCli, type Served, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";

const folder = temporaryFolder();
const env = { DATA_DIR: join(folder, "data"), DATABASE_URL: "sqlite::memory:" };
let service: Served;
before(async () => {
  service = await serve(env, ["--control"]);
});
after(async () => {
  await service.stop("SIGTERM");
  rmSync(folder, { recursive: true });
});

const files = {
  junit: join(folder, "report.xml"),
  json: join(folder, "report.json"),
  html: join(folder, "report.html"),
};
const reports = Object.entries(files).flatMap(([name, file]) => [`--${name}`, file]);

/** Starts a server with the given answers. */
async function startServer(answer: RequestListener) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${Object(server.address()).port}/beta`;
  return { url, close: () => server.closeAllConnections() ?? server.close() };
}

const controlCharacter = /[^\P{Cc}\n]/u;

describe("verify", () => {
  test("finds no violation in a new service, and reports the observed statuses as text, JSON, JUnit and HTML", async () => {
    const chosen = ["--include", "getMetadata", "--include", "updateAssignment 4*", "--exclude", "* 413"];
    const { code, stdout, stderr } = await runCli(["verify", service.url, "--control", ...chosen, ...reports]);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /^updateAssignment +✔ +· +- +· +✔ +✔ +✔ +✔ +✔ +✔ +- +✔ +✔ +- +-$/m);
    assert.match(stdout, /\d+ scenarios, \d+ requests; no violation; 0 not provoked$/m);
    assert.match(stderr, /^updateAssignment: \d+ scenarios, 0 violations so far$/m);
    const { cells, violations, left } = JSON.parse(readFileSync(files.json, "utf8"));
    assert.deepEqual(Object.keys(cells), declaredCells());
    assert.equal(cells["getMetadata 503"], "kept");
    assert.deepEqual([violations, left], [[], []]);
    assert.match(readFileSync(files.junit, "utf8"), /<testcase classname="getMetadata" name="503 returns Retry-After/);
    assert.match(readFileSync(files.html, "utf8"), /curl -sS -i -X PATCH/);
  });
  test("reports statuses that it cannot provoke, without counting them as violations", async () => {
    const { code, stdout } = await runCli(["verify", service.url, "--include", "countProfiles *"]);
    assert.equal(code, 0);
    assert.match(stdout, /not provoked: countProfiles 429 .*: it needs a service with controls \(--control\)/);
    assert.match(stdout, /^countProfiles .*\?\s+\?\s+\?$/m);
  });
  test("sends generated requests if --generate is set, and reports their seed", async () => {
    const chosen = ["--include", "setPriority", "--generate", "20", "--seed", "4"];
    const { code, stdout } = await runCli(["verify", service.url, ...chosen]);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /; 20 generated requests, --seed 4$/m);
    const { code: wrong, stderr } = await runCli(["verify", service.url, "--generate", "1", "--seed", "four"]);
    assert.deepEqual(
      [wrong, stderr],
      [2, "--seed must be a number, or the text after --seed in a report; it is four.\n"],
    );
  });
  test("deletes the profiles that it has created if it is interrupted", async () => {
    const tenant = randomUUID();
    const { stdout: token } = await runCli(["token", "--tenant", tenant], env);
    const cli = fileURLToPath(new URL("../../server/cli/cli.ts", import.meta.url));
    const child = spawn(process.execPath, [cli, "verify", service.url], {
      env: { TOKEN: token },
      stdio: ["ignore", "pipe", "pipe"],
    });
    await once(child.stderr, "data");
    child.kill("SIGINT");
    const [printed, [code]] = await Promise.all([child.stdout.toArray(), once(child, "close")]);
    assert.equal(code, 130);
    assert.match(Buffer.concat(printed).toString(), /stopped before the end/);
    const client = createClient({ baseUrl: service.url, token: token.trim() });
    const count = await client.countProfiles();
    assert.equal(count.ok && count.data, "0");
  });
  test("leaves out the scenarios of this contract's own decisions if --profile is graph", async () => {
    const planOf = async (profile: string) => {
      const { stdout } = await runCli(["verify", service.url, "--dry-run", "--control", "--profile", profile]);
      return stdout.split("\n").filter((line) => line.endsWith("(left out: it tests a decision of this contract)"));
    };
    assert.deepEqual(await planOf("contract"), []);
    const left = await planOf("graph");
    assert.ok(left.some((line) => line.startsWith("createProfile 201 fills in the defaults")));
    assert.ok(!left.some((line) => line.startsWith("getMetadata 200 ")));
  });
  test("lists its requests without sending any if --dry-run is set", async () => {
    const { code, stdout, stderr } = await runCli(["verify", "http://127.0.0.1:1/beta", "--dry-run"]);
    assert.deepEqual([code, stderr], [0, ""]);
    for (const cell of declaredCells()) assert.ok(stdout.includes(`\n${cell} `) || stdout.startsWith(`${cell} `), cell);
    assert.match(stdout, /createProfile \{"displayName":"\{run\}a profile"\}/);
  });
});

describe("verify --read-only", () => {
  test("plans only GET requests, and says why the other scenarios are left out", async () => {
    const { code, stdout } = await runCli(["verify", service.url, "--dry-run", "--read-only", "--control"]);
    assert.equal(code, 0);
    const lines = stdout.trimEnd().split("\n");
    const planned = lines.filter((line) => line.startsWith("  ")).map((line) => line.trim().split(" ")[0] ?? "");
    assert.ok(planned.includes("listProfiles") && planned.includes("getMetadata"));
    const writing = [...operations.values()]
      .filter(({ method }) => method !== "GET")
      .map(({ operationId }) => operationId);
    for (const operationId of writing) assert.ok(!planned.includes(operationId), `${operationId} is planned`);
    assert.ok(lines.some((line) => /^deleteProfile 204 .* \(left out: it writes\)$/.test(line)));
  });
  test("sends only GET requests to a service that keeps the contract, and changes nothing", async (t) => {
    const sent: string[] = [];
    const { stdout: token } = await runCli(["token", "--tenant", randomUUID()], env);
    const client = createClient({ baseUrl: service.url, token: token.trim() });
    const created = await client.createProfile({ body: { displayName: "verify-0a1b2c3d-mine" } });
    assert.ok(created.ok);
    const server = await startGateway((method) => {
      sent.push(method);
      return undefined;
    });
    t.after(server.close);
    const chosen = ["--read-only", "--generate", "40", "--public-url", service.url];
    const { code, stdout } = await runCli(["verify", server.url, ...chosen], { TOKEN: token });
    assert.equal(code, 0, stdout);
    assert.match(stdout, /generated requests/);
    assert.ok(sent.length > 40);
    assert.deepEqual([...new Set(sent)], ["GET"]);
    const after = await client.getProfile({ path: { profileId: created.data.id } });
    assert.equal(after.ok && after.data["@odata.etag"], created.data["@odata.etag"]);
  });
});

test("verify exits with code 1 if it finds no violation but cannot delete a profile", async (t) => {
  const server = await startGateway((method) => (method === "DELETE" ? 403 : undefined));
  t.after(server.close);
  const { stdout: token } = await runCli(["token", "--tenant", randomUUID()], env);
  const chosen = ["--include", "getProfile 304", "--public-url", service.url];
  const { code, stdout } = await runCli(["verify", server.url, ...chosen], { TOKEN: token });
  assert.match(stdout, /no violation/);
  assert.equal(code, 1, stdout);
});

/** Starts a gateway to the service. @param refuse returns the status with which the gateway itself answers a request. */
function startGateway(refuse: (method: string) => number | undefined) {
  return startServer(async (request, response) => {
    const { method = "", url = "" } = request;
    const { connection: _, ...headers } = request.headers;
    const body = await text(request);
    const status = refuse(method);
    if (status !== undefined) return void response.writeHead(status).end();
    const answer = await fetch(new URL(url, service.url), {
      method,
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
      ...(body !== "" && { body }),
    });
    const received = await answer.text();
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(received);
  });
}

describe("verify against a server that answers everything with a wrong 500", () => {
  const methods = new Set<string>();
  let wrong: Awaited<ReturnType<typeof startServer>>;
  before(async () => {
    wrong = await startServer(({ method, headers }, response) => {
      methods.add(String(method));
      const body = JSON.stringify({ error: { message: `<b>&"' ${headers.authorization}` } });
      response
        .writeHead(500, { "content-type": "application/json", "x-token": String(headers.authorization) })
        .end(body);
    });
  });
  after(() => wrong.close());
  const token = "a-secret-that-no-report-may-contain";

  test("reports each violation with a curl command that reproduces it, and never prints the token", async () => {
    const { code, stdout, stderr } = await runCli(["verify", wrong.url, "--include", "list*", ...reports], {
      TOKEN: token,
    });
    assert.equal(code, 1);
    assert.match(stdout, /✖ listProfiles 500, header: The header request-id is missing\./);
    assert.match(stdout, /curl -sS -i 'http.*Profiles' \\\n +-H "Authorization: Bearer \$TOKEN"/);
    const written = Object.values(files).map((file) => readFileSync(file, "utf8"));
    for (const text of [stdout, stderr, ...written]) assert.ok(!text.includes(token));
    assert.match(written[0] ?? "", /<failure type="expected status" message="[^"<]*&lt;b&gt;&amp;&quot;&#39;/);
    assert.ok(!written[2]?.includes("<b>"));
  });
  test("sends only GET requests if --read-only is set", async () => {
    methods.clear();
    const { code } = await runCli(["verify", wrong.url, "--read-only"], { TOKEN: token });
    assert.equal(code, 1);
    assert.deepEqual([...methods], ["GET"]);
  });
});

describe("verify against a hostile server", () => {
  const escapes = "\x1b]0;title\x07\x1b[2J\x9b2J";
  const location = "/beta/deviceManagement/appleUserInitiatedEnrollmentProfiles/%zz";
  const error = { code: "x", message: escapes };

  test("reports its answers, even with a malformed Location, and prints no control characters", async () => {
    let count = 0;
    const created = () => [201, count++ === 0 ? {} : { id: "%zz" }];
    const server = await startServer(({ method }, response) => {
      const [status, body] = method === "GET" ? [200, { value: [] }] : method === "POST" ? created() : [400, { error }];
      response.writeHead(Number(status), { "content-type": "application/json", location }).end(JSON.stringify(body));
    });
    const chosen = ["--include", "createProfile", "--include", "deleteProfile 401"];
    const { code, stdout, stderr } = await runCli(["verify", server.url, ...chosen], { TOKEN: "any" });
    server.close();
    assert.equal(code, 1, stderr);
    assert.match(stdout, /^✖ createProfile 201, /m);
    assert.match(stdout, /was answered 400 \("\ufffd\]0;title/);
    assert.doesNotMatch(stdout + stderr, controlCharacter);
  });
  test("explains why the server cannot be checked without printing its control characters", async () => {
    const server = await startServer((_request, response) => {
      response.writeHead(401, { "content-type": "application/json" }).end(JSON.stringify({ error }));
    });
    const ended = await Promise.all([
      runCli(["verify", server.url], { TOKEN: "any" }),
      runCli(["export", "--url", server.url], { TOKEN: "any" }),
    ]);
    server.close();
    for (const { stderr } of ended) {
      assert.match(stderr, /\]0;title/);
      assert.doesNotMatch(stderr, controlCharacter);
    }
  });
});

function* endlessZeros() {
  for (;;) yield "0".repeat(65_536);
}

/** The URL of a server that has already been closed. */
const closed = await startServer(() => {});
closed.close();
const nowhere = closed.url;

describe("verify that cannot check a server", () => {
  const html: RequestListener = (_, response) => response.setHeader("content-type", "text/html").end("<!doctype html>");
  const away: RequestListener = (_, response) => response.writeHead(302, { location: "https://login.example/" }).end();
  const unknown: RequestListener = (_, response) =>
    response.writeHead(404, { "content-type": "application/json" }).end('{"error":{"code":"x","message":"y"}}');
  const endless: RequestListener = (_, response) => void pipeline(endlessZeros, response, () => {});
  const cases: readonly (readonly [string, RequestListener | string, readonly string[], RegExp])[] = [
    [
      "a server that is not running",
      nowhere,
      [],
      /^http:\/\/127\.0\.0\.1:\d+\/beta cannot be checked: ECONNREFUSED\.$/,
    ],
    [
      "a server that answers with HTML",
      html,
      ["--token", "x"],
      /answers 200 with HTML, not with JSON\. Is .* the service root/,
    ],
    ["a server that redirects", away, ["--token", "x"], /redirects to https:\/\/login\.example\//],
    [
      "a server that does not know the list",
      unknown,
      ["--token", "x"],
      /does not exist \(404\)\. Is .* the service root/,
    ],
    [
      "a server that does not answer",
      () => {},
      ["--token", "x", "--timeout", "1"],
      /cannot be checked: no answer within 1 s\.$/,
    ],
    [
      "a server with an endless answer",
      endless,
      ["--token", "x"],
      /cannot be checked: an answer of more than 16 MiB\.$/,
    ],
    ["an argument that is not a URL", "localhost", [], /^'localhost' is not the URL of a service root; an example is/],
    ["a Microsoft host without --real-tenant", "https://graph.microsoft.com/beta", [], /Confirm with --real-tenant/],
    ["a --token-command that fails", "http://127.0.0.1:9", ["--token-command", "exit 3"], /failed with exit code 3/],
  ];
  for (const [what, server, options, says] of cases) {
    test(`verify prints one sentence and exits with code 2 for ${what}`, async () => {
      const own = typeof server === "string" ? { url: server, close: () => {} } : await startServer(server);
      const { code, stdout, stderr } = await runCli(["verify", own.url, ...options]);
      own.close();
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr.trimEnd(), says);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    });
  }
  test("verify prints one sentence and exits with code 2 if a report cannot be written", async () => {
    const file = join(folder, "no such folder", "report.xml");
    const { code, stderr } = await runCli(["verify", service.url, "--include", "getMetadata 200", "--junit", file]);
    assert.equal(code, 2);
    assert.ok(stderr.endsWith(`The report ${file} cannot be written (ENOENT).\n`), stderr);
  });
  test("verify keeps its time limit if garbage is collected while it waits for an answer", async () => {
    const silent = await startServer(() => {});
    const collecting = "--expose-gc --import=data:text/javascript,setInterval(gc,50).unref()";
    const { code, stderr } = await runCli(["verify", silent.url, "--token", "x", "--timeout", "1"], {
      NODE_OPTIONS: collecting,
    });
    silent.close();
    assert.equal(code, 2);
    assert.match(stderr, /no answer within 1 s/);
  });
  test("verify prints one sentence and exits with code 2 if --include matches no scenario", async () => {
    const { code, stdout, stderr } = await runCli(["verify", service.url, "--include", "creatProfile"]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^No scenario is left to play\. /);
  });
  test("verify prints one sentence and exits with code 2 if the token is refused or has no permissions", async () => {
    const refused = await runCli(["verify", service.url, "--token", "nonsense"]);
    assert.equal(refused.code, 2);
    assert.match(
      refused.stderr,
      /refuses the token \(401, "The access token is not a valid JWT\."\)\. Pass another one/,
    );
    const other = await serve({ ...env, DATA_DIR: join(folder, "other"), DEVELOPMENT_IDENTITY: "on" });
    const { stdout: token } = await runCli(["token", "--scopes", "User.Read.All"], { DATA_DIR: join(folder, "other") });
    const powerless = await runCli(["verify", other.url], { TOKEN: token });
    assert.equal(powerless.code, 2);
    assert.match(powerless.stderr, /^The token may not list profiles \(403, /);
    await other.stop("SIGTERM");
  });
});
