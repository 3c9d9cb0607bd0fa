/**
 * Sends the requests in conversations/*.txt and compares the answers with those that the clients need. The clients (Go, C#,
 * PowerShell) cannot run here, so the files repeat their requests byte for byte. The requests do not go through Prism, because
 * Prism does not recognize these clients' spellings of URLs.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { globSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { assertGraphError } from "../support/graphError.ts";
import { enterWorld, type World } from "../support/tenant.ts";
import {
  differences,
  type Exchange,
  type Fields,
  fill,
  isJson,
  type Known,
  parseConversation,
} from "./conversation.ts";

const world = await enterWorld();
const files = globSync(fileURLToPath(new URL("conversations/*.txt", import.meta.url))).sort();

test("the folder conversations/ contains files", () => assert.ok(files.length > 0));

for (const file of files) {
  const text = readFileSync(file, "utf8");
  const { title, exchanges } = parseConversation(text);
  const known = await predefined(text, world);
  describe(title, () => {
    for (const exchange of exchanges) test(exchange.name, () => play(exchange, known, world.direct));
  });
}

/** Returns the values of `<root>` and `<origin>`, and a new token for each token placeholder in the text. */
async function predefined(text: string, { direct, tenant }: World): Promise<Known> {
  const known: Known = new Map([
    ["root", direct],
    ["origin", new URL(direct).origin],
  ]);
  const named = [...text.matchAll(/<(token of \w+)>/g)].map(([, name = ""]) => name);
  for (const name of new Set(["token", ...named])) known.set(name, (await tenant()).token);
  return known;
}

async function play(exchange: Exchange, known: Known, root: string): Promise<void> {
  const target = fill(exchange.target, known);
  const headers = { Authorization: `Bearer ${known.get("token")}`, ...fieldsOf(exchange.headers, known) };
  const answer = await send(exchange.method, target, headers, fill(exchange.body, known), root);
  const { status, headers: fields, body } = exchange.expected;
  const found = [
    ...differences(status, answer.status, known, "the status"),
    ...fields.flatMap(([name, value]) => differences(value, answer.headers.get(name), known, `the header ${name}`)),
    // If the conversation shows no body, the answer's body is not compared.
    ...(body === "" ? [] : differences(isJson(body) ? JSON.parse(body) : body, answer.body, known, "body")),
  ];
  const shown = `${exchange.method} ${target} → ${answer.status} ${JSON.stringify(answer.body)}`;
  assert.deepEqual(found, [], `${found.join("\n")}\n${shown}`);
  if (answer.status >= 400) assertGraphError(answer);
  if (answer.status === 204) assert.equal(answer.body, "");
}

function fieldsOf(fields: Fields, known: Known): Record<string, string> {
  return Object.fromEntries(fields.map(([name, value]) => [name, fill(value, known)]));
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Sends a request with node:http, which leaves the request target unchanged. fetch would normalize it. */
async function send(
  method: string,
  target: string,
  headers: Record<string, string>,
  text: string,
  root: string,
): Promise<Answer> {
  const { origin, hostname, port, pathname } = new URL(root);
  const path = target.startsWith("http") ? target.replace(origin, "") : `${pathname}${target}`;
  // The conversation shows a compressed body as plain text, so it is compressed here.
  const body = headers["Content-Encoding"] === "gzip" ? gzipSync(text) : Buffer.from(text);
  const length = text === "" ? {} : { "Content-Length": String(body.length) };
  const sent = request({ method, hostname, port, path, headers: { ...headers, ...length }, agent: false });
  sent.end(body);
  const [response] = await once(sent, "response");
  response.setEncoding("utf8");
  let received = "";
  for await (const part of response) received += part;
  const { statusCode, headers: fields } = response;
  return { status: statusCode, headers: new Headers(fields), body: isJson(received) ? JSON.parse(received) : received };
}
