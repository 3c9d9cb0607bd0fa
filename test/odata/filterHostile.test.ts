/** Any `$filter` is either parsed or refused with a position. Its parsing time depends only on its length. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { describe, test } from "node:test";
import fc from "fast-check";
import { profileProperties } from "../../server/domain/query.ts";
import { parseFilter } from "../../server/odata/filter/parser.ts";
import { sqliteProfileColumns } from "../../server/stores/columns.ts";
import { conditionSql, sqlite } from "../../server/stores/conditionSql.ts";
import { chanceOf, Speller } from "./filterSpelling.ts";
import { conditions } from "./filterTexts.ts";
import { announce, runs, seed } from "./plan.ts";

const parse = (text: string) => parseFilter(text, profileProperties);
const length = 8192;
const filled = (start: string, part: string, end = "") =>
  `${start}${part.repeat((length - start.length - end.length) / part.length)}${end}`;

const database = new DatabaseSync(":memory:");
database.exec("CREATE TABLE profiles (id TEXT, priority INTEGER, properties TEXT)");

/** Parses a filter, and asserts that any error is well-formed. @returns the error message; empty if the filter is valid. */
function assertHandled(text: string): string {
  const result = parse(text);
  if (result.ok) {
    const { sql } = conditionSql(result.value, sqliteProfileColumns, sqlite);
    database.prepare(`SELECT id FROM profiles WHERE ${sql}`);
    return "";
  }
  const { position, message } = result.error;
  assert.ok(Number.isInteger(position) && position >= 1 && position <= [...text].length + 1, `${position} in ${text}`);
  assert.match(message, /^\$filter at position \d+: [^\p{Cc}]{10,800}\.$/u);
  assert.ok(message.length < 1000 && message.isWellFormed(), message);
  return message;
}

/** Measures the parsing time in milliseconds. It is the shortest of several runs, so that pauses of the machine do not count. */
function timeOf(text: string, tries = 5): number {
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < tries; turn++) {
    const begun = performance.now();
    parse(text);
    best = Math.min(best, performance.now() - begun);
  }
  return best;
}

/** Well-formed filters that are as long as a URL allows. */
const wellFormed: readonly string[] = [
  filled("displayName eq '", "x", "'"),
  filled("displayName eq '", "''", "'"),
  filled("priority eq 1", `${" ".repeat(70)} or priority eq 1`),
  filled("id in ('", "01234567-89ab-cdef-0123-456789abcdef','", "x')"),
  filled("contains(displayName,'x')", ` and contains(displayName,'${"x".repeat(70)}')`),
  filled("", " ", "priority eq 1"),
  `createdDateTime gt 2026-01-31T09:30:00.${"0".repeat(length - 41)}1Z`,
];

const hostile: readonly (readonly [string, string])[] = [
  ["unclosed parentheses", filled("", "(")],
  ["closing parentheses", filled("", ")")],
  ["empty parentheses", filled("", "()")],
  ["deeply nested parentheses", `${"(".repeat(4000)}priority eq 1${")".repeat(4000)}`],
  ["nested nots", filled("", "not ", "priority eq 1")],
  ["nested nots with parentheses", filled("", "not(", "priority eq 1")],
  ["nested functions", filled("", "tolower(")],
  ["functions without an operator between them", filled("", "contains(displayName,'x')")],
  ["quotes", filled("", "'")],
  ["an odd number of quotes", filled("'", "'")],
  ["an unclosed text", filled("displayName eq '", "''x")],
  ["a very long word", filled("", "x")],
  ["a very long number", filled("priority eq ", "9")],
  ["a very long number that starts with zeros", filled("priority eq ", "0", "1x")],
  ["a very long fraction", filled("priority eq 1.", "0", "x")],
  ["a date with a fraction of zeros", filled("createdDateTime eq 2026-01-01T00:00:00.", "0", "x")],
  ["a date with a fraction of zeros that ends with 1", filled("createdDateTime eq 2026-01-01T00:00:00.", "0", "1Z")],
  ["a date with a very long repetitive fraction", filled("createdDateTime eq 2026-01-01T00:00:00.", "0001", "Z")],
  ["a date with a very long year", filled("createdDateTime eq ", "2026", "-01-01T00:00:00Z")],
  ["a date with a time that consists of colons", filled("createdDateTime eq 2026-01-01T", ":")],
  ["a list of commas", filled("priority in (", ",")],
  ["a very long unclosed list", filled("priority in (", "1,")],
  ["operators without operands", filled("", "and or ")],
  ["very many ors", filled("priority eq 1", " or priority eq 1")],
  ["an alternation of or and and", filled("", "priority eq 1 or priority eq 2 and ")],
  ["spaces", filled("priority", " ")],
  ["words that are separated by spaces", filled("priority eq 1 ", " x")],
  ["astral characters", filled("displayName eq ", "😀")],
  ["control characters", filled("displayName eq ", "\u0001\u0085")],
  ["characters that change the text direction or end the line", filled("displayName eq ", "\u202e\u2028")],
  ["NUL characters", filled("", "\0")],
  ["unpaired surrogates", filled("displayName eq ", "\ud83d")],
  ["slashes", filled("", "target/")],
  ["alternating quotes and words", filled("", "x'y'")],
  ["a startswith with the last Unicode character", filled("startswith(displayName,'", "\u{10ffff}", "')")],
];

describe("a hostile $filter", () => {
  const usual = Math.max(...wellFormed.map((text) => timeOf(text, 20)));
  for (const [name, text] of hostile) {
    test(`the $filter parser is fast even for a filter with ${name}`, (t) => {
      assertHandled(text);
      const time = timeOf(text, 20);
      t.diagnostic(`${time.toFixed(3)} ms, ${(time / usual).toFixed(1)} times the slowest well-formed one`);
      assert.ok(time < 50, `${time} ms`);
    });
  }
});

test("a well-formed $filter that is as long as a URL allows is parsed", () => {
  for (const text of wellFormed) assert.equal(assertHandled(text), "", text.slice(0, 80));
});

const scraps = [
  "(",
  ")",
  ",",
  "'",
  "''",
  " ",
  "\t",
  "not ",
  " and ",
  " or ",
  " eq ",
  " in ",
  " has ",
  "null",
  "true",
  "false",
  "priority",
  "displayName",
  "contains(",
  "tolower(",
  "any(",
  "-",
  "1",
  "9999999999",
  "1.5",
  "2026-01-01",
  "2026-01-01T00:00:00Z",
  "$it",
  "/",
  "%27",
  "\0",
  "\ud800",
  "😀",
];

/** A random way to damage a text. `at` and `to` are relative positions from 0 to 1. */
interface Spoiling {
  readonly how: "cut" | "drop" | "insert" | "repeat" | "swap";
  readonly at: number;
  readonly to: number;
  readonly scrap: string;
}

function spoiled(text: string, { how, at, to, scrap }: Spoiling): string {
  const [start = 0, end = 0] = [at, to].map((part) => Math.floor(part * (text.length + 1))).sort((a, b) => a - b);
  const [head, middle, tail] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  switch (how) {
    case "cut":
      return head;
    case "drop":
      return head + tail;
    case "insert":
      return head + scrap + middle + tail;
    case "repeat":
      return head + middle + middle + tail;
    case "swap":
      return tail + middle + head;
  }
}

const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const spoiling: fc.Arbitrary<Spoiling> = fc.record({
  how: fc.constantFrom("cut", "drop", "insert", "repeat", "swap"),
  at: part,
  to: part,
  scrap: fc.constantFrom(...scraps),
});

test("a randomly damaged $filter is either parsed or refused with a position", (t) => {
  announce(t, "odata/filterHostile.test.ts");
  const example = fc.record({
    condition: conditions(Object.values(profileProperties)),
    spelling: fc.nat(),
    spoilings: fc.array(spoiling, { minLength: 1, maxLength: 3 }),
  });
  const good: Timed[] = [];
  const bad: Timed[] = [];
  let refused = 0;
  const property = fc.property(example, ({ condition, spelling, spoilings }) => {
    const text = new Speller(profileProperties, chanceOf(spelling)).spell(condition);
    good.push(timed(text));
    const worse = spoilings.reduce(spoiled, text).slice(0, length);
    if (assertHandled(worse) !== "") refused++;
    bad.push(timed(worse));
  });
  fc.assert(property, { seed, numRuns: runs });
  t.diagnostic(`${refused} of ${runs} refused; ${slowest(good, bad)}`);
  assert.ok(refused > runs / 4, "many of the damaged filters are refused");
});

interface Timed {
  readonly text: string;
  readonly time: number;
}

function timed(text: string): Timed {
  return { text, time: timeOf(text) };
}

/** The longest time of a damaged filter, relative to the median of well-formed filters of about the same length. */
function slowest(good: readonly Timed[], bad: readonly Timed[]): string {
  const size = ({ text }: Timed) => Math.ceil(Math.log2(text.length + 2));
  const medians = new Map([...Map.groupBy(good, size)].map(([key, group]) => [key, median(group)]));
  const factors = bad.map((it) => it.time / (medians.get(size(it)) ?? Number.POSITIVE_INFINITY));
  return `the slowest took ${Math.max(...factors).toFixed(1)} times the median well-formed one of its length`;
}

function median(group: readonly Timed[]): number {
  const times = group.map(({ time }) => time).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}
