/** Tests `serve --tls` with the local CA in the data folder and with a certificate from the operator. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { connect as connectTls } from "node:tls";
import { promisify } from "node:util";
import { type CertificatePair, createPair, newKey, writePair } from "../support/certificates.ts";
import { runCli, type Served, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { profilesPath } from "../support/tenant.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
let folders = 0;
const newDataDir = () => join(folder, `data ${folders++}`);
const inMemory = { DATABASE_URL: "sqlite::memory:" };
const caOf = (dataDir: string) => readFileSync(join(dataDir, "tls", "ca.pem"), "utf8");

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** Sends a request with Node's https module, on a new connection. */
async function send(url: string, ca: string | undefined, options: object = {}, body = ""): Promise<Answer> {
  const sent = request(url, { agent: false, ...(ca !== undefined && { ca }), ...options });
  sent.end(body);
  const [response] = await once(sent, "response");
  response.setEncoding("utf8");
  let text = "";
  for await (const part of response) text += part;
  return { status: response.statusCode, headers: response.headers, body: text };
}

/** Returns all data that the service sends until the connection ends, even if it ends with an error. */
async function received(socket: ReturnType<typeof connect>): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (part) => {
    text += part;
  });
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("close", resolve));
  return text;
}

describe("serve --tls", () => {
  const dataDir = newDataDir();
  let service: Served;
  let ca = "";
  let token = "";
  let halfOpen: Promise<number>;
  before(async () => {
    service = await serve({ DATA_DIR: dataDir }, ["--tls"]);
    ca = caOf(dataDir);
    token = (await runCli(["token"], { DATA_DIR: dataDir })).stdout.trim();
    const started = Date.now();
    const { port } = new URL(service.url);
    halfOpen = received(connect(Number(port), "127.0.0.1")).then(() => Date.now() - started);
  });
  after(() => service.stop("SIGTERM"));

  test("prints https URLs and, in a fourth line, a command that makes clients trust its certificate", () => {
    assert.equal(service.lines.length, 4);
    assert.match(service.lines[0] ?? "", /^API +https:\/\/127\.0\.0\.1:\d+\/beta$/);
    assert.match(service.lines[1] ?? "", /^Docs +https:\/\/127\.0\.0\.1:\d+\/docs$/);
    assert.match(service.lines[3] ?? "", /^Trust {2}export NODE_EXTRA_CA_CERTS='\/.*\/tls\/ca\.pem' CURL_CA_BUNDLE=/);
  });

  test("the certificate of serve --tls is trusted by Node's https module for each loopback name, but only if the client has the CA", async () => {
    const { port } = new URL(service.url);
    for (const name of ["127.0.0.1", "localhost"]) {
      assert.equal((await send(`https://${name}:${port}/openapi.json`, ca, { family: 4 })).status, 200);
    }
    await assert.rejects(send(`${service.url}/x`, undefined), { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
  });

  test("answers a batch with https URLs", async () => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = JSON.stringify({ requests: [{ id: "1", method: "GET", url: profilesPath }] });
    const answer = await send(new URL("/beta/$batch", service.url).href, ca, { method: "POST", headers }, body);
    const { origin } = new URL(service.url);
    const [response] = JSON.parse(answer.body).responses;
    assert.ok(response.body["@odata.context"].startsWith(`${origin}/beta/$metadata#`), answer.body);
  });

  const programs: readonly (readonly [string, string, string])[] = [
    ["Node's fetch", "node --version", `node -e "fetch(process.argv[1]).then((r) => console.log(r.status))" "$URL"`],
    ["curl", "curl --version", `curl -sS -o /dev/null -w '%{http_code} ' "$URL"`],
    [
      "Python's urllib",
      "python3 --version",
      `python3 -c 'import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).status)' "$URL"`,
    ],
    [
      "Python's requests",
      "python3 -c 'import requests'",
      `python3 -c 'import sys, requests as r; print(r.get(sys.argv[1]).status_code)' "$URL"`,
    ],
  ];
  for (const [what, probe, command] of programs) {
    test(`the certificate of serve --tls is trusted by ${what} only after running the command that it prints`, async (context) => {
      const env = {
        PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`,
        HOME: process.env["HOME"],
        URL: new URL("/openapi.json", service.url).href,
      };
      const shell = (script: string) => promisify(execFile)("sh", ["-c", script], { env });
      const isThere = await shell(probe).then(
        () => true,
        () => false,
      );
      if (!isThere) return context.skip(`${what} is not installed`);
      const trust = service.lines[3]?.replace(/^Trust +/, "") ?? "";
      assert.equal((await shell(`${trust}\n${command}`)).stdout.trim(), "200");
      await assert.rejects(shell(command), /certificate/i);
    });
  }

  test("answers with https URLs, even if the client sends no Host header", async () => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const created = await send(`${service.url}${profilesPath}`, ca, { method: "POST", headers }, '{"displayName":"x"}');
    assert.equal(created.status, 201);
    const { id, "@odata.context": context } = JSON.parse(created.body);
    assert.equal(created.headers["location"], `${service.url}${profilesPath}/${id}`);
    assert.ok(context.startsWith(`${service.url}/$metadata#`), context);
    const { port } = new URL(service.url);
    const socket = connectTls({ port: Number(port), host: "127.0.0.1", ca });
    socket.write(`GET /beta${profilesPath} HTTP/1.0\r\nauthorization: Bearer ${token}\r\n\r\n`);
    assert.match(await received(socket), /"@odata\.context":"https:\/\/127\.0\.0\.1:\d+\/beta\/\$metadata#/);
  });

  test("speaks HTTP/1.1 over TLS 1.2 and 1.3, but not over older versions", async () => {
    const port = Number(new URL(service.url).port);
    for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
      const ALPNProtocols = ["h2", "http/1.1"];
      const socket = connectTls({
        port,
        host: "127.0.0.1",
        ca,
        ALPNProtocols,
        minVersion: version,
        maxVersion: version,
      });
      await once(socket, "secureConnect");
      assert.deepEqual([socket.getProtocol(), socket.alpnProtocol], [version, "http/1.1"]);
      socket.destroy();
    }
    // At the default security level, OpenSSL's client would not offer this version.
    const old = { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    const [error] = await once(connectTls({ port, host: "127.0.0.1", ca, ...old }), "error").catch((e) => [e]);
    assert.equal(error.code, "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION");
  });

  test("closes connections that send plain HTTP or other bytes that are not TLS, and continues to run", async () => {
    const port = Number(new URL(service.url).port);
    for (const text of ["GET / HTTP/1.1\r\nhost: x\r\n\r\n", "\x16\x03\x01\x00\x05hello", "\0\0\0\0\0\0"]) {
      const socket = connect(port, "127.0.0.1");
      socket.write(text);
      assert.doesNotMatch(await received(socket), /HTTP/);
    }
    assert.equal((await send(`${service.url}/x`, ca)).status, 401);
  });

  test("answers invalid HTTP with a Graph error, as it does without TLS", async () => {
    const socket = connectTls({ port: Number(new URL(service.url).port), host: "127.0.0.1", ca });
    socket.write("BROKEN\r\n\r\n");
    const answer = await received(socket);
    assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
    assert.match(answer, /"message":"The request is not valid HTTP\."/);
  });

  test("closes a connection that starts no handshake within ten seconds", async () => {
    const milliseconds = await halfOpen;
    assert.ok(milliseconds > 9_000 && milliseconds < 20_000, `${milliseconds} ms`);
  });
});

describe("stopping the service", () => {
  test("takes a few seconds, even with clients that have sent only half a handshake or half a request", async () => {
    const env = { DATA_DIR: newDataDir() };
    const service = await serve(env, ["--tls"]);
    const port = Number(new URL(service.url).port);
    const raw = connect(port, "127.0.0.1").on("error", () => {});
    const half = connectTls({ port, host: "127.0.0.1", ca: caOf(env.DATA_DIR) }).on("error", () => {});
    await once(half, "secureConnect");
    half.write("POST /beta HTTP/1.1\r\nHost: x\r\n");
    await new Promise((resolve) => setTimeout(resolve, 100));
    const started = Date.now();
    assert.equal(await service.stop("SIGTERM"), 0);
    // The service should stop within three seconds. The limit here is higher, because the machine may be busy.
    assert.ok(Date.now() - started < 9000);
    for (const socket of [raw, half]) socket.destroy();
  });
});

describe("the data folder", () => {
  test("keeps the CA and the certificate across restarts, with private keys that only their owner can read", async () => {
    const env = { DATA_DIR: newDataDir(), ...inMemory };
    const files = () => ["ca.pem", "cert.pem"].map((name) => readFileSync(join(env.DATA_DIR, "tls", name), "utf8"));
    await (await serve(env, ["--tls"])).stop("SIGTERM");
    const made = files();
    const again = await serve(env, ["--tls"]);
    assert.equal((await send(`${again.url}/x`, made[0])).status, 401);
    await again.stop("SIGTERM");
    assert.deepEqual(files(), made);
    for (const name of ["ca-key.pem", "key.pem"]) {
      assert.equal(statSync(join(env.DATA_DIR, "tls", name)).mode & 0o777, 0o600);
    }
    // Clients of other users read the CA, as far as this process's umask allows it.
    const publicMode = 0o644 & ~process.umask();
    assert.equal(statSync(join(env.DATA_DIR, "tls", "ca.pem")).mode & 0o777, publicMode);
  });

  test("has a single CA even if several processes start at the same time", async () => {
    const env = { DATA_DIR: newDataDir(), ...inMemory };
    const services = await Promise.all([1, 2, 3].map(() => serve(env, ["--tls"])));
    const ca = caOf(env.DATA_DIR);
    for (const { url } of services) assert.equal((await send(`${url}/x`, ca)).status, 401);
    assert.deepEqual(await Promise.all(services.map((service) => service.stop("SIGTERM"))), [0, 0, 0]);
    const kept = readdirSync(join(env.DATA_DIR, "tls")).sort();
    assert.deepEqual(kept, ["ca-key.pem", "ca.pem", "cert.pem", "key.pem"]);
  });
});

describe("a certificate from the operator", () => {
  const now = Date.now();
  const day = 24 * 60 * 60 * 1000;
  const file = (name: string) => join(folder, name);
  let pair: CertificatePair;
  before(() => {
    pair = createPair(["service.example", "127.0.0.1"]);
    writePair(folder, "own", pair);
    writePair(folder, "other", createPair(["localhost"]));
    writePair(folder, "expired", createPair(["localhost"], new Date(now - 400 * day)));
    writePair(folder, "early", createPair(["localhost"], new Date(now + 2 * day)));
    writeFileSync(file("garbage.pem"), "garbage");
    writeFileSync(file("damaged.pem"), pair.cert.replace(/\n.{20}/, "\nAAAAAAAAAAAAAAAAAAAA"));
    writeFileSync(file("encrypted.pem"), newKey({ cipher: "aes-256-cbc", passphrase: "x" }));
  });
  const given = (cert: string, key: string) => ({ TLS_CERT: file(cert), TLS_KEY: file(key) });

  test("enables TLS without --tls, and is sent to clients without creating a local CA", async () => {
    const env = { DATA_DIR: newDataDir(), ...inMemory };
    const flags = ["--tls-cert", file("own.pem"), "--tls-key", file("own-key.pem")];
    for (const [settings, args] of [
      [given("own.pem", "own-key.pem"), []],
      [{}, flags],
      [{}, ["--tls", ...flags]],
    ] as const) {
      const service = await serve({ ...env, ...settings }, args);
      assert.equal(service.lines.length, 3);
      assert.equal((await send(`${service.url}/x`, pair.ca, { servername: "service.example" })).status, 401);
      await service.stop("SIGTERM");
    }
    assert.ok(!readdirSync(env.DATA_DIR).includes("tls"));
  });

  test("the operator's certificate is ignored if TLS is false; empty settings count as unset", async () => {
    const env = { DATA_DIR: newDataDir(), ...inMemory };
    for (const settings of [
      { ...given("own.pem", "own-key.pem"), TLS: "false" },
      { TLS: "", TLS_CERT: "", TLS_KEY: "" },
    ]) {
      const service = await serve({ ...env, ...settings });
      assert.equal((await fetch(`${service.url}/x`)).status, 401);
      await service.stop("SIGTERM");
    }
  });

  const refused: readonly (readonly [string, () => Readonly<Record<string, string>>, RegExp])[] = [
    [
      "a key that does not belong to the certificate",
      () => given("own.pem", "other-key.pem"),
      /^TLS_KEY .* is not the private key of TLS_CERT .*\.$/,
    ],
    [
      "a missing certificate file",
      () => given("none.pem", "own-key.pem"),
      /^TLS_CERT .*none\.pem cannot be read \(ENOENT\)\.$/,
    ],
    ["a missing key file", () => given("own.pem", "none.pem"), /^TLS_KEY .*none\.pem cannot be read \(ENOENT\)\.$/],
    [
      "a certificate without a key",
      () => ({ TLS_CERT: file("own.pem") }),
      /^TLS_CERT is set, but TLS_KEY, .*both or neither\.$/,
    ],
    [
      "a key without a certificate",
      () => ({ TLS_KEY: file("own-key.pem") }),
      /^TLS_KEY is set, but TLS_CERT, .*both or neither\.$/,
    ],
    [
      "a certificate file without a certificate",
      () => given("garbage.pem", "own-key.pem"),
      /^TLS_CERT .* does not contain a certificate in PEM format\.$/,
    ],
    ["a damaged certificate", () => given("damaged.pem", "own-key.pem"), /^TLS_CERT .* is damaged: /],
    [
      "a key file without a key",
      () => given("own.pem", "garbage.pem"),
      /^TLS_KEY .* does not contain a private key in PEM format\.$/,
    ],
    [
      "an encrypted key",
      () => given("own.pem", "encrypted.pem"),
      /^TLS_KEY .* is encrypted\. .* without a passphrase\.$/,
    ],
    ["an expired certificate", () => given("expired.pem", "expired-key.pem"), /^TLS_CERT .* expired at \d{4}-\S+Z\.$/],
    [
      "a certificate that is not valid yet",
      () => given("early.pem", "early-key.pem"),
      /^TLS_CERT .* is not valid before \d{4}-\S+Z\.$/,
    ],
    [
      "a TLS setting that is neither true nor false",
      () => ({ TLS: "yes" }),
      /^TLS is 'yes'; it must be true or false, on or off, or 1 or 0\.$/,
    ],
    [
      "a damaged local CA",
      () => ({ TLS: "1", DATA_DIR: damaged("ca.pem") }),
      /^The local CA .*: it is damaged\. Delete /,
    ],
    [
      "a damaged private key of the server",
      () => ({ TLS: "1", DATA_DIR: damaged("key.pem") }),
      /^The private key .* is damaged\. /,
    ],
  ];
  for (const [what, settings, message] of refused) {
    test(`serve prints one line and exits with code 2 if it finds ${what}`, async () => {
      const ended = await runCli(["serve", "--port", "0"], { DATA_DIR: newDataDir(), ...settings() });
      assert.match(ended.stderr.trimEnd(), message);
      assert.equal(ended.stderr.trimEnd().split("\n").length, 1);
      assert.equal(ended.code, 2);
      assert.equal(ended.stdout, "");
    });
  }
  function damaged(name: string): string {
    const dataDir = newDataDir();
    mkdirSync(join(dataDir, "tls"), { recursive: true });
    writeFileSync(join(dataDir, "tls", "ca-key.pem"), newKey());
    writeFileSync(join(dataDir, "tls", name), "garbage");
    return dataDir;
  }
});
