/** Tests the code that parses and compares conversations. If it missed differences, the conversations would prove nothing. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { differences, fill, type Known, parseConversation } from "./conversation.ts";

const conversation = `A client: a story
Source: somebody/something, file.go

=== A profile is created
POST /profiles
Content-Type: application/json

{ "displayName": "x" }
---
201
Location: <root>/profiles/<profile>

{ "id": "<profile>" }
`;

const compare = (expected: unknown, actual: unknown, known: Known = new Map()) =>
  differences(expected, actual, known, "body").length;

describe("parseConversation", () => {
  test("parseConversation returns the title, the requests and the expected answers", () => {
    const { title, exchanges } = parseConversation(conversation);
    assert.equal(title, "A client: a story");
    assert.deepEqual(exchanges, [
      {
        name: "A profile is created",
        method: "POST",
        target: "/profiles",
        headers: [["Content-Type", "application/json"]],
        body: '{ "displayName": "x" }',
        expected: {
          status: 201,
          headers: [["Location", "<root>/profiles/<profile>"]],
          body: '{ "id": "<profile>" }',
        },
      },
    ]);
  });

  test("parseConversation refuses a text without a source or an answer, or with an invalid line", () => {
    assert.throws(
      () => parseConversation(conversation.replace("Source", "Sauce")),
      /has no line that starts with "Source: "/,
    );
    assert.throws(() => parseConversation(conversation.replace("---", "")), /must have a line "---"/);
    assert.throws(() => parseConversation(conversation.replace("Location:", "Location")), /not a header field/);
    assert.throws(() => parseConversation(conversation.replace("201", "Created")), /not a status/);
    assert.throws(() => parseConversation(conversation.replace("POST", "post")), /not a request line/);
  });
});

describe("expected answers", () => {
  test("an expected object lists only some properties, but an expected array lists all items", () => {
    assert.equal(compare({ a: 1 }, { a: 1, b: 2 }), 0);
    assert.equal(compare({ a: 1 }, { a: 2 }), 1);
    assert.equal(compare({ a: { b: null } }, { a: {} }), 1);
    assert.equal(compare([1], [1]), 0);
    assert.equal(compare([1], [1, 2]), 1);
    assert.equal(compare([1, 2], [2, 1]), 2);
    assert.equal(compare({ a: [] }, { a: {} }), 1);
  });

  test("<absent> requires that a property is absent", () => {
    assert.equal(compare({ a: "<absent>" }, {}), 0);
    assert.equal(compare({ a: "<absent>" }, { a: null }), 0);
    assert.equal(compare({ a: "<absent>" }, { a: "x" }), 1);
  });

  test("a placeholder takes its value from the first answer, which later answers must repeat", () => {
    const known: Known = new Map([["root", "http://x/beta"]]);
    assert.equal(compare("<root>/profiles/<profile>", "http://x/beta/profiles/1", known), 0);
    assert.equal(known.get("profile"), "1");
    assert.equal(compare("<profile>", "1", known), 0);
    assert.equal(compare("<profile>", "2", known), 1);
    assert.equal(compare("<root>/profiles", "http://y/beta/profiles", known), 1);
    assert.equal(compare("<any>", "whatever", known), 0);
    assert.equal(fill("/profiles/<profile>", known), "/profiles/1");
    assert.throws(() => fill("<assignment>", known), /<assignment> has no value/);
  });

  test("the value of a placeholder is escaped when it is inserted into JSON", () => {
    assert.equal(fill('{ "etag": "<etag>" }', new Map([["etag", 'W/"1"']])), '{ "etag": "W/\\"1\\"" }');
  });
});
