/** Requests that exceed a limit are refused with a message that names the limit. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, test } from "node:test";
import * as limits from "../../server/shared/limits.ts";
import { assertGraphError } from "../support/graphError.ts";
import { type Call, enterWorld, profilesPath } from "../support/tenant.ts";

const world = await enterWorld();

interface Case {
  readonly what: string;
  readonly call: Partial<Call>;
  readonly status: number;
  readonly message: RegExp;
}

const posting = { method: "POST" };
const query = (parameters: number) =>
  `${profilesPath}?${Array.from({ length: parameters }, (_, n) => `a${n}`).join("&")}`;
/** A path whose URL has this many characters, including the path of the service root. */
const urlOf = (length: number) => `${profilesPath}?${"a".repeat(length - `/beta${profilesPath}?`.length)}`;
const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`x-${n}`, "y"]));
const array = (length: number) => JSON.stringify({ availableEnrollmentTypeOptions: Array(length).fill(0) });
const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

const beyond: readonly Case[] = [
  {
    what: "a body of 2 MiB",
    call: { ...posting, body: " ".repeat(2 ** 21) },
    status: 413,
    message: /than 1048576 bytes/,
  },
  {
    what: "a URL of 8,193 characters",
    call: { path: urlOf(8193) },
    status: 414,
    message: /at most 8192/,
  },
  { what: "a query of 101 parameters", call: { path: query(101) }, status: 400, message: /more than 100 parameters/ },
  {
    what: "101 header fields in addition to those that fetch sends",
    call: { headers: fields(101) },
    status: 431,
    message: /at most 100/,
  },
  {
    what: "headers of 17,000 bytes",
    call: { headers: { x: "a".repeat(17_000) } },
    status: 431,
    message: /than 16384 bytes/,
  },
  {
    what: "JSON that is nested 33 levels deep",
    call: { ...posting, body: nested(33) },
    status: 400,
    message: /deeper than 32 levels/,
  },
  {
    what: "an array of 10,000 elements in an object",
    call: { ...posting, body: array(10_000) },
    status: 400,
    message: /more than 10000 members/,
  },
  {
    what: "10,001 JSON members in many objects",
    call: { ...posting, body: `{"a":[${Array(5000).fill('{"b":1}').join()}]}` },
    status: 400,
    message: /more than 10000 members/,
  },
];

describe("a request that exceeds a limit", () => {
  for (const { what, call, status, message } of beyond) {
    test(`a request with ${what} is refused with ${status} and a message that names the limit`, async () => {
      const answer = await (await world.tenant()).callDirectly({ method: "GET", path: profilesPath, ...call });
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assertGraphError(answer);
      assert.match(answer.error.message, message);
    });
  }
});

describe("a request within the limits", () => {
  for (const [what, call, status] of [
    ["a query of 100 parameters", { path: query(100) }, 200],
    ["80 header fields", { path: profilesPath, headers: fields(80) }, 200],
    ["a URL of 8,192 characters", { path: urlOf(8192) }, 200],
  ] as const) {
    test(`a request with ${what} is answered with ${status}`, async () => {
      const tenant = await world.tenant();
      assert.equal((await tenant.callDirectly({ method: "GET", ...call })).status, status);
    });
  }
  for (const [what, body] of [
    ["JSON that is nested 32 levels deep", nested(32)],
    ["an array of 9,999 elements in an object", array(9999)],
  ] as const) {
    test(`a request with ${what} is parsed and then checked against the contract`, async () => {
      const answer = await (await world.tenant()).callDirectly({ ...posting, path: profilesPath, body });
      assert.equal(answer.status, 400);
      assert.match(answer.error.message, /must be|is missing/);
    });
  }
});

test("a request may have exactly 100 header fields, and no more", async () => {
  const { token } = await world.tenant();
  const { hostname, port } = new URL(world.direct);
  const statusWith = async (count: number) => {
    const own = [`Host: ${hostname}`, `Authorization: Bearer ${token}`, "Connection: close"];
    const others = Array.from({ length: count - own.length }, (_, index) => `x-${index}: y`);
    const socket = connect(Number(port), hostname);
    socket.write(`GET /beta${profilesPath} HTTP/1.1\r\n${[...own, ...others].join("\r\n")}\r\n\r\n`);
    return Number(/^HTTP\/1\.1 (\d+)/.exec(await text(socket))?.[1]);
  };
  assert.equal(await statusWith(100), 200);
  assert.equal(await statusWith(101), 431);
});

describe("docs/limits.md", () => {
  test("lists exactly the limits that the code defines, with their values", () => {
    const page = readFileSync(new URL("../../docs/limits.md", import.meta.url), "utf8");
    const listed = [...page.matchAll(/^\| `([\w.]+)`[^|]*\| (\d+)/gm)].map(([, name, value]) => [name, Number(value)]);
    assert.deepEqual(Object.fromEntries(listed), Object.fromEntries(numbersOf(limits)));
  });
});

/** The names and values of all limits, for example `sizes.body`. */
function numbersOf(value: object, above = ""): [string, number][] {
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    if (typeof member === "number") return [[above + name, member]];
    return typeof member === "object" && member !== null ? numbersOf(member, `${above}${name}.`) : [];
  });
}
