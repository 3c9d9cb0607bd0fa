/** Tests the test helpers that judge answers with Prism and check the contract coverage. A mock service breaks the contract. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import contract from "../../generated/openapi.json" with { type: "json" };
import { coverageReport } from "../support/coverage.ts";
import { judgedFetch } from "../support/judge.ts";
import { type Prism, startPrism } from "../support/prism.ts";
import { profilesPath } from "../support/tenant.ts";

const good = contract.components.examples.profiles.value;
const [entity] = good.value;
const headers = {
  "request-id": "0b5d9f6e-3c1a-4a7f-9d52-8e4c7b1a6f30",
  "odata-version": "4.0",
  "content-type": "application/json",
};

interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly echo?: boolean;
  /** The name of a header that the mock service leaves out. */
  readonly without?: string;
}

describe("judgedFetch", () => {
  let next: Scripted = {};
  const server = createServer((request, response) => {
    const { status = 200, headers: special = {}, body = good, echo = true, without = "" } = next;
    const nonce = echo ? { "client-request-id": String(request.headers["client-request-id"]) } : {};
    const all = Object.entries({ ...headers, ...nonce, ...special }).filter(([name]) => name !== without);
    response.writeHead(status, Object.fromEntries(all)).end(JSON.stringify(body));
  });
  let prism: Prism;
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    prism = await startPrism("proxy", `http://127.0.0.1:${Object(server.address()).port}/beta`);
  });
  after(async () => {
    await prism.close();
    server.close();
  });

  const judge = async (scripted: Scripted, record = (_cell: string) => {}) => {
    next = scripted;
    const request = new Request(`${prism.url}${profilesPath}`, { headers: { authorization: "Bearer x" } });
    return judgedFetch(request, record);
  };

  test("judgedFetch accepts and records a correct answer", async () => {
    const cells: string[] = [];
    await judge({}, (cell) => cells.push(cell));
    assert.deepEqual(cells, ["listProfiles 200"]);
  });
  const notOurs = /was answered by Prism, not by the service/;
  const wrong: readonly (readonly [string, Scripted, RegExp])[] = [
    ["an additional property", { body: { ...good, total: 1 } }, /must NOT have additional properties.*total/],
    [
      "an additional property of a nested object",
      { body: { ...good, value: [{ ...entity, colour: "red" }] } },
      /additional properties.*colour/,
    ],
    [
      "a missing property",
      { body: { ...good, value: [{ ...entity, platform: undefined }] } },
      /required property 'platform'/,
    ],
    [
      "null for a property that is not nullable",
      { body: { ...good, value: [{ ...entity, platform: null }] } },
      /platform must be string/,
    ],
    [
      "an unknown enum member",
      { body: { ...good, value: [{ ...entity, platform: "beOS" }] } },
      /platform must be equal to one of/,
    ],
    ["an undeclared status", { status: 418 }, /Unable to match the returned status code/],
    ["an undeclared success status", { status: 202 }, /Unable to match the returned status code/],
    [
      "an error that is not a Graph error",
      { status: 403, body: { message: "no" } },
      /must have required property 'error'/,
    ],
    ["a 501, which Prism replaces with its own answer", { status: 501 }, notOurs],
    ["a missing header", { without: "odata-version" }, /must have required property 'odata-version'/],
    ["a wrong value of a header", { headers: { "odata-version": "5.0" } }, /must be equal to constant/],
    ["an answer without the caller's nonce", { echo: false }, notOurs],
  ];
  for (const [what, scripted, why] of wrong) {
    test(`judgedFetch rejects ${what}`, async () => {
      const cells: string[] = [];
      await assert.rejects(
        judge(scripted, (cell) => cells.push(cell)),
        { name: "AssertionError", message: why },
      );
      assert.deepEqual(cells, []);
    });
  }
});

describe("coverageReport", () => {
  const declared = ["getThing 200", "getThing 404"];
  test("coverageReport is complete if exactly the declared statuses were seen", () => {
    assert.equal(coverageReport(new Set(declared), declared).complete, true);
  });
  test("coverageReport is incomplete and names a declared status that was not seen", () => {
    const { complete, text } = coverageReport(new Set(["getThing 200"]), declared);
    assert.equal(complete, false);
    assert.match(text, /not seen: getThing 404/);
    assert.match(text, /1 of 2 \(50 %\)/);
  });
  test("coverageReport is incomplete and names a status that was seen but is not declared", () => {
    const { complete, text } = coverageReport(new Set([...declared, "getThing 418"]), declared);
    assert.equal(complete, false);
    assert.match(text, /seen and not declared: getThing 418/);
  });
});
