/**
 * Plays conversations/*.txt: the requests of clients that cannot run here (Go, C#, PowerShell), byte for byte as in their source
 * code, and the answers that they need. They do not go through Prism, which does not know their spellings of URLs.
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

test("there are conversations", () => assert.ok(files.length > 0));

for (const file of files) {
  const text = readFileSync(file, "utf8");
  const { title, exchanges } = parseConversation(text);
  const known = await predefined(text, world);
  describe(title, () => {
    for (const exchange of exchanges) test(exchange.name, () => play(exchange, known, world.direct));
  });
}

/** The values of `<root>` and `<origin>`, and a token for each tenant that the text names. */
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
    // A body that is not in the conversation is not compared.
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

/** Uses node:http, which sends a target unchanged. fetch would normalize it. */
async function send(
  method: string,
  target: string,
  headers: Record<string, string>,
  text: string,
  root: string,
): Promise<Answer> {
  const { origin, hostname, port, pathname } = new URL(root);
  const path = target.startsWith("http") ? target.replace(origin, "") : `${pathname}${target}`;
  // A body that the client compresses is plain text in the conversation.
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
