import assert from "node:assert/strict";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { decodeJwt } from "jose";
import { runCli, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { profilesPath } from "../support/tenant.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
let folders = 0;
const newDataDir = () => join(folder, `data-${folders++}`);

async function status(url: string, token: string): Promise<number> {
  return (await fetch(`${url}${profilesPath}`, { headers: { authorization: `Bearer ${token.trim()}` } })).status;
}

describe("serve", () => {
  test("serve prints the URL of the API, the URL of the docs and the command that prints a token", async () => {
    const env = { DATA_DIR: newDataDir() };
    const service = await serve(env);
    assert.equal(service.lines.length, 3);
    const [api = "", docs = "", token = ""] = service.lines;
    assert.match(api, /^API +http:\/\/127\.0\.0\.1:\d+\/beta$/);
    const page = /http:\S+/.exec(docs)?.[0] ?? "";
    assert.equal((await fetch(page)).status, 200);
    assert.equal(token, `Token  npm run --silent token -- --data-dir ${env.DATA_DIR}`);
    assert.equal(await service.stop("SIGTERM"), 0);
  });
  test("serve exits with 0 on SIGINT and SIGTERM, even if a client keeps its connection open", async () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const env = { DATA_DIR: newDataDir() };
      const service = await serve(env);
      assert.equal(await status(service.url, (await runCli(["token"], env)).stdout), 200);
      assert.equal(await service.stop(signal), 0);
    }
  });
  test("serve stops within seconds, even if one client has sent half a request and another client nothing", async () => {
    const service = await serve({ DATA_DIR: newDataDir() });
    const { port, hostname } = new URL(service.url);
    const sockets = ["", `POST /beta${profilesPath} HTTP/1.1\r\nHost: x\r\n`].map((text) => {
      const socket = connect(Number(port), hostname).on("error", () => {});
      socket.write(text);
      return socket;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const start = Date.now();
    assert.equal(await service.stop("SIGTERM"), 0);
    // The service waits at most three seconds. The machine may be busy, so the test allows more.
    assert.ok(Date.now() - start < 9000);
    for (const socket of sockets) socket.destroy();
  });
  test("serve prefers flags to environment variables", async () => {
    const [fromFlag, fromEnvironment] = [newDataDir(), newDataDir()];
    const service = await serve({ DATA_DIR: fromEnvironment }, ["--data-dir", fromFlag]);
    assert.equal(await status(service.url, (await runCli(["token", "--data-dir", fromFlag])).stdout), 200);
    assert.equal(await status(service.url, (await runCli(["token", "--data-dir", fromEnvironment])).stdout), 401);
    await service.stop("SIGTERM");
  });
  test("serve stores nothing on disk with DATABASE_URL=sqlite::memory:, and uses the file in sqlite:<file>", async () => {
    const dataDir = newDataDir();
    const file = join(folder, "elsewhere", "store.sqlite");
    for (const [url, profiles] of [
      ["sqlite::memory:", 0],
      [`sqlite:${file}`, 1],
    ] as const) {
      const env = { DATA_DIR: dataDir, DATABASE_URL: url };
      const authorization = `Bearer ${(await runCli(["token"], env)).stdout.trim()}`;
      const first = await serve(env);
      const headers = { authorization, "content-type": "application/json" };
      await fetch(`${first.url}${profilesPath}`, { method: "POST", headers, body: '{"displayName":"x"}' });
      await first.stop("SIGTERM");
      const second = await serve(env);
      const count = await fetch(`${second.url}${profilesPath}/$count`, { headers });
      assert.equal(await count.text(), String(profiles));
      await second.stop("SIGTERM");
    }
  });

  const damaged = newDataDir();
  mkdirSync(damaged, { recursive: true });
  writeFileSync(join(damaged, "development-key.json"), "{");
  const aFile = join(folder, "a-file");
  writeFileSync(aFile, "");
  const publicKey = newDataDir();
  mkdirSync(publicKey, { recursive: true });
  writeFileSync(
    join(publicKey, "development-key.json"),
    JSON.stringify({
      kty: "EC",
      crv: "P-256",
      x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
      y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    }),
  );
  const refused: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>, RegExp])[] = [
    [
      "a port that is not a number",
      [],
      { PORT: "http" },
      /^PORT is 'http'; it must be a whole number from 0 to 65535\.$/,
    ],
    ["a port that is too large", ["--port", "65536"], {}, /^--port is '65536'; it must be/],
    ["an empty host", ["--host", ""], {}, /^--host is empty; it must be/],
    ["an empty data folder in the environment", [], { DATA_DIR: "" }, /^DATA_DIR is empty; it must be a folder/],
    [
      "an address of another machine",
      ["--host", "192.0.2.1", "--port", "0"],
      { DEVELOPMENT_IDENTITY: "on" },
      /^'192\.0\.2\.1' is not an address of this machine: set HOST/,
    ],
    [
      "a public address without an identity provider",
      ["--host", "0.0.0.0"],
      {},
      /^Other machines can connect to 0\.0\.0\.0, but no identity provider is configured: set AUTH_ISSUER, or/,
    ],
    ["an unknown log level", ["--log-level", "loud"], {}, /^--log-level is 'loud'; it must be one of fatal, error/],
    [
      "a switch that is neither on nor off",
      ["--strict", "maybe"],
      {},
      /^--strict is 'maybe'; it must be true or false/,
    ],
    [
      "a proxy that is not an address",
      [],
      { TRUST_PROXY: "10.0.0.0/8,proxy.example" },
      /^TRUST_PROXY contains 'proxy\.example'; each item must be an address, a subnet/,
    ],
    ["a subnet with 33 bits", [], { TRUST_PROXY: "10.0.0.0/33" }, /^TRUST_PROXY contains '10\.0\.0\.0\/33'/],
    ["a subnet of all addresses", [], { TRUST_PROXY: "10.0.0.0/0" }, /^TRUST_PROXY contains '10\.0\.0\.0\/0'/],
    [
      "an issuer without TLS",
      ["--auth-issuer", "http://idp.example"],
      {},
      /^--auth-issuer contains 'http:\/\/idp\.example'; each item must be a URL that begins with https/,
    ],
    [
      "a tenant that is not a UUID",
      [],
      { AUTH_TENANTS: "contoso" },
      /^AUTH_TENANTS contains 'contoso'; each item must be the id of a tenant/,
    ],
    [
      "a development identity that is neither on nor off",
      [],
      { DEVELOPMENT_IDENTITY: "yes" },
      /^DEVELOPMENT_IDENTITY is 'yes'; it must be one of on, off/,
    ],
    [
      "an unreachable issuer",
      ["--auth-issuer", "http://127.0.0.1:1/x"],
      {},
      /^The issuer http:\/\/127\.0\.0\.1:1\/x cannot be used: /,
    ],
    [
      "an unknown kind of database",
      [],
      { DATABASE_URL: "mysql://x:secret@y" },
      /^DATABASE_URL begins with 'mysql:\/\/'; it must be sqlite:<file>/,
    ],
    [
      "a data folder that is a file",
      [],
      { DATA_DIR: aFile },
      /^The development key .* cannot be read or created \(E\w+\)\.$/,
    ],
    ["a damaged key", [], { DATA_DIR: damaged }, /^The development key .* cannot be read or created: it is damaged\.$/],
    ["a key without its private part", [], { DATA_DIR: publicKey }, /it is damaged\.$/],
    [
      "a pool without connections",
      ["--database-pool-size", "0"],
      {},
      /^--database-pool-size is '0'; it must be a whole number/,
    ],
    ["zero processes", [], { PROCESSES: "0" }, /^PROCESSES is '0'; it must be a whole number from 1 to 256\.$/],
    [
      "a malformed PostgreSQL URL",
      [],
      { DATABASE_URL: "postgres://me:s3/cret@[x" },
      /^DATABASE_URL is not a valid URL; it must be postgres:\/\/user:password@host:port\/database, with the special characters/,
    ],
    [
      "several PostgreSQL hosts",
      [],
      { DATABASE_URL: "postgres://me:s3cret@one:5432,other:5432/db" },
      /^DATABASE_URL names several hosts; it must name one\. Use a name or an address that always leads to the primary server/,
    ],
    [
      "several PostgreSQL hosts in an option",
      [],
      { DATABASE_URL: "postgres:///db?host=one,other" },
      /^DATABASE_URL names several hosts/,
    ],
    ["a SQLite URL without a file", [], { DATABASE_URL: "sqlite:" }, /^DATABASE_URL begins with 'sqlite:'; it must be/],
    ...(existsSync("/proc")
      ? [
          [
            "a data folder that cannot be created in an existing folder",
            [],
            { DATA_DIR: "/proc/x" },
            /\(ENOENT\)\.$/,
          ] as const,
        ]
      : []),
    ["an unknown flag", ["--prot", "1"], {}, /^error: unknown option '--prot'/],
  ];
  for (const [what, args, env, sentence] of refused) {
    test(`serve refuses ${what} with one sentence and exit code 2`, async () => {
      const ended = await runCli(["serve", ...args], { DATA_DIR: newDataDir(), ...env });
      assert.match(ended.stderr.trimEnd(), sentence);
      assert.ok(ended.stderr.trimEnd().split("\n").length <= 2, ended.stderr);
      assert.equal(ended.code, 2);
      assert.equal(ended.stdout, "");
    });
  }
  test("serve refuses a port that is in use with one sentence and exit code 2", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = Object(other.address());
    const ended = await runCli(["serve", "--port", String(port)], { DATA_DIR: newDataDir() });
    other.close();
    assert.equal(ended.stderr, `Port ${port} of 127.0.0.1 is in use: set PORT to another port.\n`);
    assert.equal(ended.code, 2);
  });
  test("serve refuses to open a SQLite database that another process uses, and that process keeps running", async () => {
    const env = { DATA_DIR: newDataDir() };
    const service = await serve(env);
    const ended = await runCli(["serve", "--port", "0"], env);
    assert.match(
      ended.stderr,
      /^The database .* cannot be used: another process is using it\. Stop the other program .*, or set DATA_DIR to another folder\.\n$/,
    );
    assert.equal(ended.code, 2);
    assert.equal(await status(service.url, (await runCli(["token"], env)).stdout), 200);
    await service.stop("SIGTERM");
  });
});

describe("token", () => {
  test("token prints only a token with the tenant, scopes and lifetime given by the flags", async () => {
    const tenant = "12345678-1234-1234-1234-123456789ABC";
    const args = ["token", "--tenant", tenant, "--scopes", "A.Read,B.Read C.Read", "--lifetime", "60"];
    const { stdout, stderr, code } = await runCli(args, { DATA_DIR: newDataDir() });
    assert.equal(code, 0);
    assert.equal(stderr, "");
    const { tid, scp, iat = 0, exp = 0 } = decodeJwt(stdout.trim());
    assert.deepEqual([tid, scp, exp - iat], [tenant, "A.Read B.Read C.Read", 60]);
  });
  for (const [flag, value] of [
    ["--tenant", "contoso"],
    ["--lifetime", "0"],
    ["--lifetime", "1h"],
  ] as const) {
    test(`token refuses ${flag} ${value} with one sentence and exit code 2`, async () => {
      const { stderr, code } = await runCli(["token", flag, value], { DATA_DIR: newDataDir() });
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`${flag}.*is invalid\\. It must be`));
    });
  }
});

describe("demo", () => {
  test("demo prints two updates that return the same id, and a list with one assignment", async () => {
    const { stdout, code } = await runCli(["demo"]);
    assert.equal(code, 0);
    assert.match(stdout, /POST \/beta\/deviceManagement\/appleUserInitiatedEnrollmentProfiles\n/);
    assert.equal(stdout.match(/PATCH \/beta\/deviceManagement\/\S+\/assignments\n/g)?.length, 2);
    assert.equal(stdout.match(/200 OK/g)?.length, 3);
    assert.match(stdout, /Both updates returned the id [0-9a-f-]{36}; the number of assignments is 1\./);
  });
});

describe("the command line", () => {
  test("prints the help and exits with 2 if no command is given", async () => {
    const { stderr, code } = await runCli([]);
    assert.equal(code, 2);
    assert.match(stderr, /Usage: apple-enrollment/);
  });
  test("prints the help of a command with --help and exits with 0", async () => {
    const { stdout, code } = await runCli(["serve", "--help"]);
    assert.equal(code, 0);
    const names = ["HOST", "PORT", "DATA_DIR", "DATABASE_URL", "DATABASE_POOL_SIZE", "PROCESSES"];
    for (const name of [...names, "TLS", "TLS_CERT", "TLS_KEY"]) assert.match(stdout, new RegExp(`env:\\s+${name}`));
  });
  test("refuses an unknown command with exit code 2", async () => {
    assert.equal((await runCli(["destroy"])).code, 2);
  });
});
