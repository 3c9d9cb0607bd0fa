/** Tests that each message in docs/troubleshooting.md is in the service's code or can be provoked. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { storedIdentity } from "../../server/auth/development.ts";
import { createGivenSettings } from "../../server/process/givenSettings.ts";
import { startService } from "../../server/process/service.ts";
import { createServiceConfig } from "../../server/process/serviceConfig.ts";
import { pageOf } from "../support/documented.ts";
import { type Ended, runCli, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { groupTarget, profilesPath } from "../support/tenant.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));

const [ofService = "", ofClients = "", ofLog = ""] = pageOf("troubleshooting.md").split(
  /^(?=## Messages of clients|## Messages in the log)/m,
);
/** Returns the messages in all tables of one part of the page. */
const messagesIn = (part: string) =>
  [...part.matchAll(/^\|(?: \d{3} \|| [\w, ]+ \|)? `([^`]+)` \|/gm)].map(([, text = ""]) => text);
const messages = messagesIn(ofService);
const provoked = new Set<string>();

/** Returns the messages that a text contains. In a message, `…` matches any text on the same line. */
function findMessages(text: string, among: readonly string[]): readonly string[] {
  return among.filter((message) => {
    const words = message.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(words.join(".*")).test(text);
  });
}

/** Asserts that the page documents a message that the text contains. */
function assertDocumented(text: string): void {
  const found = findMessages(text, messages);
  assert.ok(found.length > 0, `The page does not document this message: ${text}`);
  for (const message of found) provoked.add(message);
}

const dataDir = join(folder, "data");
const service = await startService(
  createServiceConfig(
    createGivenSettings({ port: "0", dataDir, rateLimit: "1", rateBurst: "100", logLevel: "silent" }),
  ),
);
after(() => service.close());
const identity = await storedIdentity(dataDir);
const token = await identity.issueToken();

interface Request extends RequestInit {
  readonly path?: string;
}

async function messageOf({ path = profilesPath, ...init }: Request): Promise<string> {
  const headers = { Authorization: `Bearer ${token}`, ...Object(init.headers) };
  return Object(await (await fetch(`${service.url}${path}`, { ...init, headers })).json()).error.message;
}

describe("docs/troubleshooting.md", () => {
  test("docs/troubleshooting.md documents the messages of refused starts", async () => {
    const refused: readonly (readonly [flags: readonly string[], env?: Readonly<Record<string, string>>])[] = [
      [["--port", new URL(service.url).port]],
      [["--host", "203.0.113.1", "--auth-issuer", "https://localhost:1"]],
      [["--host", "0.0.0.0"]],
      [["--port", "many"]],
      [["--tls", "maybe"]],
      [["--prot", "1"]],
      [["--database-url", `sqlite:${dataDir}/apple-enrollment.sqlite`]],
      [["--processes", "2"]],
      [["--database-url", "postgres://me:secret@127.0.0.1:1/none"]],
      [["--tls-cert", "cert.pem"]],
      [["--host", ""]],
      [["--trust-proxy", "proxy.example"]],
    ];
    const ended = await Promise.all(
      refused.map(
        ([flags, env = {}]): Promise<Ended> =>
          runCli(["serve", "--port", "0", "--data-dir", join(folder, "other"), ...flags], env),
      ),
    );
    for (const { code, stderr } of ended) {
      assertDocumented(stderr);
      assert.equal(code, 2, stderr);
    }
  });

  test("docs/troubleshooting.md documents the messages of refused requests", async (t) => {
    const json = { "Content-Type": "application/json" };
    const target = groupTarget("sales");
    const post = { method: "POST", body: '{"displayName": "Personal iPhones"}' };
    const created = await fetch(`${service.url}${profilesPath}`, {
      ...post,
      headers: { ...json, Authorization: `Bearer ${token}` },
    });
    const assignments = `${profilesPath}/${Object(await created.json()).id}/assignments`;
    const reader = await identity.issueToken({ scopes: ["DeviceManagementConfiguration.Read.All"] });
    const expired = await identity.issueToken({ lifetime: -1 });
    const elsewhere = await (await storedIdentity(join(folder, "elsewhere"))).issueToken();
    const requests: readonly Request[] = [
      { headers: { Authorization: "" } },
      { headers: { Authorization: "Bearer eyJ" } },
      { headers: { Authorization: `Bearer ${expired}` } },
      { headers: { Authorization: `Bearer ${elsewhere}` } },
      { ...post, headers: { ...json, Authorization: `Bearer ${reader}` } },
      { path: "/nothing" },
      { method: "DELETE" },
      { ...post, headers: { "Content-Type": "application/x-www-form-urlencoded" } },
      { ...post, body: new TextEncoder().encode(post.body) },
      { ...post, headers: { ...json, "Content-Encoding": "br" } },
      { ...post, body: "x".repeat(2_000_000), headers: json },
      {
        path: assignments,
        method: "POST",
        body: JSON.stringify({ target: { "@odata.type": target["@odata.type"] } }),
        headers: json,
      },
    ];
    for (const request of requests) assertDocumented(await messageOf(request));
    const strict = await serve({ DATA_DIR: dataDir, DATABASE_URL: "sqlite::memory:", STRICT: "true" });
    t.after(() => strict.stop("SIGTERM"));
    for (const [method, path] of [
      ["PATCH", assignments],
      ["GET", "/nothing"],
    ] as const) {
      const answer = await fetch(`${strict.url}${path}`, { method, headers: { Authorization: `Bearer ${token}` } });
      assertDocumented(Object(await answer.json()).error.message);
    }
    for (let left = 100; left > 0; left -= 1) await messageOf({ path: "/nothing" });
    assertDocumented(await messageOf({}));
  });

  test("docs/troubleshooting.md contains only messages that are in the code or were provoked here", () => {
    const texts = textsOfCode();
    const unknown = [...messages, ...messagesIn(ofLog)].filter(
      (message) => !provoked.has(message) && !texts.includes(message),
    );
    assert.deepEqual(unknown, []);
    assert.ok(provoked.size > 18, `${provoked.size}`);
  });

  test("docs/troubleshooting.md has the messages of curl and Node for a wrong scheme or an unknown CA", async (t) => {
    const tls = await serve({ DATA_DIR: join(folder, "tls") }, ["--tls"]);
    t.after(() => tls.stop("SIGTERM"));
    const secure = new URL(tls.url).origin;
    const plain = new URL(service.url).origin;
    const program = `await fetch("${secure}/readyz").catch(({ cause }) => console.log(cause.code));`;
    const outputs = await Promise.all([
      output("curl", ["-sS", `${secure}/readyz`]),
      output(process.execPath, ["--input-type=module", "-e", program]),
      output("curl", ["-sS", plain.replace("http:", "https:")]),
      output("curl", ["-sS", secure.replace("https:", "http:")]),
      output("curl", ["-sS", "http://127.0.0.1:1"]),
    ]);
    for (const [index, text] of outputs.entries())
      assert.deepEqual(findMessages(text, [messagesIn(ofClients)[index] ?? ""]), [messagesIn(ofClients)[index]], text);
  });
});

/** Returns all output of a command, even if it fails. The command gets no environment variable except PATH. */
function output(file: string, args: readonly string[]): Promise<string> {
  const env = { PATH: process.env["PATH"] };
  return new Promise((resolve) => execFile(file, args, { env }, (_, stdout, stderr) => resolve(`${stdout}${stderr}`)));
}

/** Returns all string literals in the service's code, one per line. As on the page, `…` stands for an inserted value. */
function textsOfCode(): string {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) {
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…"));
    }
    ts.forEachChild(node, visit);
  };
  for (const file of globSync("server/**/*.ts", { cwd: root })) {
    visit(ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest));
  }
  return texts.join("\n");
}
