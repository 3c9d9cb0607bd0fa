/** Request bodies that attack the JSON parser. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { times } from "../../server/shared/limits.ts";
import { assertRefused, enterTarget, profilesUrl } from "./target.ts";

const target = await enterTarget();

const post = (body: string | Buffer, token: string) => target.shoot({ method: "POST", token, body });
const named = (name: string | Buffer) =>
  Buffer.concat([Buffer.from('{"displayName":"'), Buffer.from(name), Buffer.from('"}')]);
const prioritised = (number: string) => `{"displayName":"x","priority":${number}}`;
const keys = (count: number, name: (index: number) => string) =>
  `{${Array.from({ length: count }, (_, index) => `"${name(index)}":0`).join()}}`;
const hex = (bytes: string) => named(Buffer.from(bytes, "hex"));

const polluted = /is not a property/;
const tooManyMembers = /more than 10000 members in total/;
const notJson = /is not valid JSON/;
const notUtf8 = /not UTF-8/;

type Refused = readonly [what: string, body: string | Buffer, message: RegExp, target?: string];

const refused: readonly Refused[] = [
  ["a __proto__", '{"displayName":"x","__proto__":{"description":"polluted"}}', polluted, "__proto__"],
  ["an escaped __proto__", '{"displayName":"x","__pr\\u006fto__":{}}', polluted, "__proto__"],
  ["an object that has only a __proto__", '{"__proto__":{"displayName":"x"}}', polluted, "__proto__"],
  ["a __proto__ in an ignored property", '{"displayName":"x","id":[{"__proto__":1}]}', polluted, "id[0].__proto__"],
  ["a constructor", '{"displayName":"x","constructor":{"prototype":{"description":"x"}}}', polluted, "constructor"],
  ["a prototype", '{"displayName":"x","prototype":{}}', polluted, "prototype"],
  ["a toJSON", '{"displayName":"x","toJSON":0}', polluted, "toJSON"],
  ["a then", '{"displayName":"x","then":0}', polluted, "then"],
  ["a hasOwnProperty", '{"displayName":"x","hasOwnProperty":0}', polluted, "hasOwnProperty"],
  ["an object instead of a string", '{"displayName":{"toString":"x","length":1}}', /must be a string/, "displayName"],
  ["a list instead of a string", '{"displayName":["x"]}', /must be a string/, "displayName"],
  ["a list instead of an enumeration member", '{"displayName":"x","platform":["iOS"]}', /must be a string/, "platform"],
  [
    "two equal names, of which the last one is invalid",
    '{"displayName":"x","displayName":""}',
    /at least 1/,
    "displayName",
  ],
  ["100,000 lists", "[".repeat(100_000) + "]".repeat(100_000), /deeper than 32/],
  ["100,000 objects", `${'{"a":'.repeat(100_000)}0${"}".repeat(100_000)}`, /deeper than 32/],
  ["100,000 levels of an ignored property", `{"id":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, /deeper than 32/],
  ["1,000,000 lists without an end", "[".repeat(1_000_000), notJson],
  ["90,000 names", keys(90_000, (index) => `k${index}`), tooManyMembers],
  ["100,000 numbers as names", keys(100_000, (index) => `${index}`), tooManyMembers],
  ["200,000 empty names", keys(200_000, () => ""), /displayName is missing/, "displayName"],
  ["500,000 items", `[${"0,".repeat(500_000)}0]`, tooManyMembers],
  [
    "300,000 objects",
    `{"displayName":"x","availableEnrollmentTypeOptions":[${"{},".repeat(300_000)}{}]}`,
    tooManyMembers,
  ],
  ["a name of 1 MB", `{"${"a".repeat(1_000_000)}":0}`, /displayName is missing/, "displayName"],
  ["a text of 1 MB", named("a".repeat(1_000_000)), /at most 256/, "displayName"],
  ["invalid UTF-8", hex("ff"), notUtf8],
  ["an overlong slash", hex("c0af"), notUtf8],
  ["a surrogate in UTF-8", hex("eda080"), notUtf8],
  ["a code point beyond Unicode", hex("f4908080"), notUtf8],
  ["half a character", hex("e282"), notUtf8],
  ["a NUL as a byte", hex("00"), notJson],
  ["UTF-16", Buffer.from('{"displayName":"x"}', "utf16le"), notJson],
  ["UTF-16 with a byte-order mark", Buffer.from('\ufeff{"displayName":"x"}', "utf16le"), notUtf8],
  ["a lone high surrogate", named("\\ud800"), /unpaired surrogate/, "displayName"],
  ["a lone low surrogate", named("\\udc00"), /unpaired surrogate/, "displayName"],
  ["a pair of surrogates in the wrong order", named("\\udc00\\ud83d"), /unpaired surrogate/, "displayName"],
  ["a lone surrogate in a name", '{"a\\ud800":0}', /unpaired surrogate/, "a\ufffd"],
  ["a lone surrogate in an ignored property", '{"displayName":"x","id":["\\ud800"]}', /unpaired surrogate/, "id[0]"],
  ["an escaped NUL", named("\\u0000"), /NUL/, "displayName"],
  ["a broken escape", named("\\u00"), notJson],
  ["a line break in a string", named("\n"), notJson],
  ["a comment", '{"displayName":"x"/**/}', notJson],
  ["a trailing comma", '{"displayName":"x",}', notJson],
  ["two values", '{"displayName":"x"}{"displayName":"y"}', notJson],
  ["a script", "<script>alert(1)</script>", notJson],
];

const refusedNumbers: readonly [number: string, message: RegExp][] = [
  ["1e400", /is Infinity/],
  ["-1e400", /is -Infinity/],
  [`1${"0".repeat(100_000)}`, /is Infinity/],
  [`0.${"1".repeat(100_000)}`, /must be an integer/],
  ["9007199254740993", /at most 2147483647/],
  ["2147483648", /at most 2147483647/],
  ["-1", /at least 0/],
  ["0.5", /must be an integer/],
  ['"0"', /must be an integer/],
  ["true", /must be an integer/],
  ["[0]", /must be an integer/],
  ['{"valueOf":0}', /must be an integer/],
  ["NaN", notJson],
  ["Infinity", notJson],
  ["0x1", notJson],
  ["00", notJson],
  ["+1", notJson],
  ["1_000", notJson],
];

describe("JSON bodies", () => {
  for (const [what, body, message, blamed] of refused) {
    test(`refuses a body with ${what} with 400 and a reason, and changes nothing`, async () => {
      const token = await target.token();
      const error = assertRefused(await post(body, token), 400);
      assert.match(error.message, message);
      if (blamed !== undefined) assert.equal(error.target, blamed);
      assert.ok(JSON.stringify(error).length < 2000, "the error does not repeat the body");
      assert.equal((await target.shoot({ target: `${profilesUrl}/$count`, token })).text, "0");
    });
  }
  for (const [number, message] of refusedNumbers) {
    test(`refuses ${number.slice(0, 20)} as the value of an integer property with 400 and a reason`, async () => {
      assert.match(assertRefused(await post(prioritised(number), await target.token()), 400).message, message);
    });
  }
  test("refuses a body with 1,000,000 property names with 413", async () => {
    assertRefused(
      await post(
        keys(1_000_000, (index) => `${index}`),
        await target.token(),
      ),
      413,
    );
  });
  test("answers 413 to a body that is too large even while the client is still sending it", async () => {
    const [token, body] = [await target.token(), Buffer.alloc(8 * 2 ** 20, " ")];
    for (let time = 0; time < 20; time++) assertRefused(await post(body, token), 413);
  });
  test("closes the connection soon after refusing a Content-Length that is too large, even if no body arrives", async () => {
    const lines = [
      "Host: localhost",
      `Authorization: Bearer ${await target.token()}`,
      "Content-Type: application/json",
    ];
    const head = [`POST ${profilesUrl} HTTP/1.1`, ...lines, "Content-Length: 100000000", "", ""].join("\r\n");
    const start = performance.now();
    const [answer] = await target.exchange(head);
    assert.ok(answer);
    assertRefused(answer, 413);
    assert.ok(performance.now() - start < 3 * times.linger);
  });
  test("accepts a body of 1 MiB, and refuses one more byte with 413", async () => {
    // The value of an ignored property may have any length.
    const head = '{"displayName":"x","id":"';
    const body = (length: number) => `${head}${"a".repeat(length - head.length - 2)}"}`;
    assertRefused(await post(body(2 ** 20 + 1), await target.token()), 413);
    assert.equal((await post(body(2 ** 20), await target.token())).status, 201);
  });
});

describe("unusual but valid JSON bodies", () => {
  const taken: readonly [what: string, body: string | Buffer, shown: object][] = [
    [
      "two equal names, of which the last one counts",
      '{"displayName":"x","display\\u004eame":"y"}',
      { displayName: "y" },
    ],
    ["zero with a sign", prioritised("-0"), { priority: 0 }],
    ["a number that rounds to zero", prioritised("1e-400"), { priority: 0 }],
    ["an integer with an exponent", prioritised("0E5"), { priority: 0 }],
    ["a character as two escapes", named("\\ud83d\\ude00"), { displayName: "😀" }],
    ["text in any direction", named("\u202e\u2028\ufffe\u007f"), { displayName: "\u202e\u2028\ufffe\u007f" }],
    ["decomposed letters", named("e\u0301"), { displayName: "e\u0301" }],
    ["markup", named("<img src=x onerror=alert(1)>"), { displayName: "<img src=x onerror=alert(1)>" }],
    [
      "an annotation with 100,000 levels",
      `{"displayName":"x","@a":${"[".repeat(1e5)}${"]".repeat(1e5)}}`,
      { displayName: "x" },
    ],
  ];
  for (const [what, body, shown] of taken) {
    test(`accepts a body with ${what}`, async () => {
      const answer = await post(body, await target.token());
      assert.equal(answer.status, 201, answer.text);
      assert.deepEqual({ ...Object(answer.body), ...shown }, answer.body);
    });
  }
});

describe("prototype pollution", () => {
  test("leaves the prototypes of the service's objects unchanged after all hostile bodies", async () => {
    const token = await target.token();
    assert.equal(assertRefused(await post("{}", token), 400).target, "displayName");
    assert.equal(Object((await post(named("x"), token)).body).description, null);
  });
});
