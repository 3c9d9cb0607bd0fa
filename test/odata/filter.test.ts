import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  assignmentProperties,
  type Condition,
  type Operand,
  profileProperties,
  type Value,
} from "../../server/domain/query.ts";
import { parseFilter } from "../../server/odata/filter/parser.ts";
import { matches } from "../support/conditionModel.ts";

const parseProfiles = (text: string) => parseFilter(text, profileProperties);
const parseAssignments = (text: string) => parseFilter(text, assignmentProperties);

/** Formats a condition with all parentheses, and values as JSON. */
function meaning(condition: Condition<string>): string {
  switch (condition.kind) {
    case "and":
    case "or":
      return `(${condition.conditions.map(meaning).join(` ${condition.kind} `)})`;
    case "not":
      return `not${meaning(condition.condition)}`;
    case "is":
      return `(${meaning(condition.condition)} is ${condition.value})`;
    case "compare":
      return `(${spelled(condition.left)} ${condition.operator} ${spelled(condition.right)})`;
    case "in":
      return `(${spelled(condition.operand)} in ${JSON.stringify(condition.values)})`;
    default:
      return `(${condition.kind} ${spelled(condition.text)} ${spelled(condition.part)})`;
  }
}

function spelled(operand: Operand<string>): string {
  switch (operand.kind) {
    case "property":
      return operand.path;
    case "literal":
      return JSON.stringify(operand.value);
    default:
      return `${operand.kind}(${spelled(operand.text)})`;
  }
}

describe("the $filter parser for profiles", () => {
  for (const [text, expected] of [
    ["displayName eq 'x'", '(displayName eq "x")'],
    ["  displayName\teq\r\n'x' ", '(displayName eq "x")'],
    ["'x' eq displayName", '("x" eq displayName)'],
    ["DISPLAYNAME Eq 'x'", '(displayName eq "x")'],
    ["displayName eq 'it''s'", '(displayName eq "it\'s")'],
    ["displayName eq ''''", '(displayName eq "\'")'],
    ["displayName eq ''", '(displayName eq "")'],
    ["displayName eq '(and) or, not'", '(displayName eq "(and) or, not")'],
    ["description eq null", "(description eq null)"],
    ["null ne description", "(null ne description)"],
    ["displayName eq description", "(displayName eq description)"],
    ["priority ge 10", "(priority ge 10)"],
    ["priority gt -1", "(priority gt -1)"],
    ["priority lt +7", "(priority lt 7)"],
    ["priority le 2147483647", "(priority le 2147483647)"],
    ["priority ge -2147483648", "(priority ge -2147483648)"],
    ["platform eq 'iOS'", '(platform eq "iOS")'],
    ["platform ne Microsoft.Graph.DevicePlatformType'macOS'", '(platform ne "macOS")'],
    ["platform in ('iOS', microsoft.graph.devicePlatformType'macOS')", '(platform in ["iOS","macOS"])'],
    ["displayName in ('a','b')", '(displayName in ["a","b"])'],
    ["displayName IN ('a' , null)", '(displayName in ["a",null])'],
    ["displayName in()", "(displayName in [])"],
    ["priority in (0,1)", "(priority in [0,1])"],
    ["contains(DisplayName,'x')", '(contains displayName "x")'],
    ["Contains( displayName , 'x' )", '(contains displayName "x")'],
    ["startswith(description,'x')", '(startswith description "x")'],
    ["endswith('x',description)", '(endswith "x" description)'],
    ["contains(tolower(displayName),tolower('X'))", '(contains tolower(displayName) tolower("X"))'],
    ["toupper(displayName) eq 'X'", '(toupper(displayName) eq "X")'],
    ["contains(displayName,'x') eq true", '((contains displayName "x") is true)'],
    ["contains(displayName,'x') eq FALSE", '((contains displayName "x") is false)'],
    ["contains(displayName,'x') ne true", 'not((contains displayName "x") is true)'],
    ["false eq contains(displayName,'x')", '((contains displayName "x") is false)'],
    ["(priority eq 1) eq true", "((priority eq 1) is true)"],
    ["not priority eq 1", "not(priority eq 1)"],
    ["not not(priority eq 1)", "notnot(priority eq 1)"],
    ["not contains(displayName,'x') eq true", 'not((contains displayName "x") is true)'],
    ["priority eq 1 or priority eq 2 and priority eq 3", "((priority eq 1) or ((priority eq 2) and (priority eq 3)))"],
    [
      "(priority eq 1 or priority eq 2) and priority eq 3",
      "(((priority eq 1) or (priority eq 2)) and (priority eq 3))",
    ],
    ["not priority eq 1 and priority eq 2", "(not(priority eq 1) and (priority eq 2))"],
    ["priority eq 1 AND priority eq 2 And priority eq 3", "((priority eq 1) and (priority eq 2) and (priority eq 3))"],
    ["(((priority)) eq (1))", "(priority eq 1)"],
    ["(priority eq 1)and(priority eq 2)", "((priority eq 1) and (priority eq 2))"],
    ["1 eq 1", "(1 eq 1)"],
  ] as const) {
    test(`parses ${JSON.stringify(text)}`, () => assert.equal(parsedMeaning(parseProfiles(text)), expected));
  }

  for (const [literal, expected] of [
    ["2026-01-31T09:30:00Z", "2026-01-31T09:30:00.000Z"],
    ["2026-01-31t09:30:00z", "2026-01-31T09:30:00.000Z"],
    ["2026-01-31T09:30Z", "2026-01-31T09:30:00.000Z"],
    ["2026-01-31T09:30:00.1Z", "2026-01-31T09:30:00.100Z"],
    ["2026-01-31T09:30:00.1230000Z", "2026-01-31T09:30:00.123Z"],
    ["2026-01-31T09:30:00.1234500Z", "2026-01-31T09:30:00.123Z45"],
    ["2026-01-31T09:30:00.000000001Z", "2026-01-31T09:30:00.000Z000001"],
    ["2026-01-31T00:30:00+02:00", "2026-01-30T22:30:00.000Z"],
    ["2025-12-31T23:30:00.9999-00:45", "2026-01-01T00:15:00.999Z9"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
    ["0000-12-31T23:00:00-02:00", "0001-01-01T01:00:00.000Z"],
    ["9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999Z9999"],
  ] as const) {
    test(`parses createdDateTime lt ${literal}`, () =>
      assert.equal(
        parsedMeaning(parseProfiles(`createdDateTime lt ${literal}`)),
        `(createdDateTime lt "${expected}")`,
      ));
  }
});

test("the $filter parser for assignments accepts properties of the target", () => {
  const text = "Target/GroupId eq 'g' and target/deviceAndAppManagementAssignmentFilterType in ('include')";
  const expected = '((target/groupId eq "g") and (target/deviceAndAppManagementAssignmentFilterType in ["include"]))';
  assert.equal(parsedMeaning(parseAssignments(text)), expected);
});

const properties =
  "id, displayName, description, priority, platform, createdDateTime, lastModifiedDateTime, defaultEnrollmentType";
const term = `expected a property (${properties}), a function or a value (text in single quotes)`;
const comparison = "expected a comparison operator (eq, ne, gt, ge, lt, le, in)";

describe("the $filter parser reports the position of an error and", () => {
  for (const [text, message] of [
    ["", `at position 1: ${term}, found the end`],
    ["displayName", `at position 12: ${comparison}, found the end`],
    ["displayName equals 'x'", `at position 13: ${comparison}, found 'equals'`],
    ["displayName = 'x'", `at position 13: ${comparison}, found '='`],
    ["displayName 'x'", `at position 13: ${comparison}, found 'x'`],
    ["(displayName equals 'x')", `at position 14: ${comparison}, found 'equals'`],
    ["displayName and priority eq 1", `at position 13: ${comparison}, found 'and'`],
    ["not displayName", `at position 16: ${comparison}, found the end`],
    ["displayName has 'x'", "at position 13: the operator 'has' is not supported"],
    ["priority add 1 eq 2", "at position 10: the operator 'add' is not supported"],
    ["displayName eq", `at position 15: ${term}, found the end`],
    ["displayName eq x", `at position 16: ${term}, found 'x'`],
    ['displayName eq "x"', `at position 16: ${term}, found '"x"'`],
    ["displayName eq and", `at position 16: ${term}, found 'and'`],
    ["displayName eq )", `at position 16: ${term}, found ')'`],
    ["$it/displayName eq 'x'", `at position 1: ${term}, found '$it/displayName'`],
    ["name eq '😀'", `at position 1: ${term}, found 'name'`],
    ["'😀' eq name", `at position 8: ${term}, found 'name'`],
    ["availableEnrollmentTypeOptions eq null", `at position 1: ${term}, found 'availableEnrollmentTypeOptions'`],
    [`${"x".repeat(200)} eq 1`, `at position 1: ${term}, found '${"x".repeat(64)}…'`],
    ["displayName eq 'x", "at position 16: the text has no closing quote; write a quote inside the text twice ('')"],
    ["displayName eq 'it's'", "at position 20: expected 'and', 'or' or the end, found 's'"],
    ["displayName eq 'a\0'", "at position 18: the text contains a NUL character, which is not allowed"],
    ["displayName eq '\ud800'", "at position 16: the text contains an unpaired surrogate, which is not a character"],
    ["priority eq 1 priority eq 2", "at position 15: expected 'and', 'or' or the end, found 'priority'"],
    ["priority eq 1)", "at position 14: expected 'and', 'or' or the end, found ')'"],
    ["(priority eq 1", "at position 15: expected 'and', 'or' or ')', found the end"],
    ["(priority eq 1 priority", "at position 16: expected 'and', 'or' or ')', found 'priority'"],
    ["(priority, 1)", "at position 10: expected a comparison operator or ')', found ','"],
    ["priority eq 1 eq 1", "at position 15: expected 'and', 'or' or the end, found 'eq'"],
    ["priority eq 1.5", "at position 13: numbers must be integers, but '1.5' is not one"],
    [
      "priority lt 2147483648",
      "at position 13: numbers must fit into 32 bits (-2147483648 to 2147483647), but '2147483648' does not",
    ],
    [
      "priority eq '1'",
      "at position 13: 'priority' (a number) cannot be compared with '1' (text); write a number without quotes",
    ],
    ["displayName eq 1", "at position 16: 'displayName' (text) cannot be compared with '1' (a number)"],
    ["displayName eq priority", "at position 16: 'displayName' (text) cannot be compared with 'priority' (a number)"],
    [
      "createdDateTime gt '2026-01-31T09:30:00Z'",
      "at position 20: 'createdDateTime' (a date and time) cannot be compared with '2026-01-31T09:30:00Z' (text); write a date and time without quotes",
    ],
    [
      "createdDateTime gt 2026-01-31T09:30:00 02:00",
      "at position 20: '2026-01-31T09:30:00' is not a date and time; add Z or an offset, such as +02:00 (write %2B02:00 in a URL, where + is a space)",
    ],
    ...[
      "2026-02-29T00:00:00Z",
      "2026-13-01T00:00:00Z",
      "2026-01-01T24:00:00Z",
      "2026-01-01T00:00:60Z",
      "0000-01-01T00:00:00Z",
      "9999-12-31T23:00:00-02:00",
      "12026-01-01T00:00:00Z",
    ].map(
      (date) =>
        [
          `createdDateTime gt ${date}`,
          `at position 20: '${date}' is not a date and time; expected a form such as 2026-01-31T09:30:00Z, with a year from 0001 to 9999`,
        ] as const,
    ),
    [
      "platform gt 'iOS'",
      "at position 10: 'platform' is an enumeration, which can only be compared with 'eq', 'ne' or 'in', found 'gt'",
    ],
    [
      "defaultEnrollmentType eq 'none'",
      "at position 26: expected a member of appleUserInitiatedEnrollmentType ('unknown', 'device', 'user', 'accountDrivenUserEnrollment', 'webDeviceEnrollment', 'unknownFutureValue'), found 'none'",
    ],
    [
      "platform eq defaultEnrollmentType",
      "at position 13: 'platform' (a member of devicePlatformType) cannot be compared with 'defaultEnrollmentType' (a member of appleUserInitiatedEnrollmentType)",
    ],
    [
      "platform eq tolower('ios')",
      "at position 13: 'platform' (a member of devicePlatformType) cannot be compared with 'tolower(…)' (text)",
    ],
    [
      "id eq guid'x'",
      "at position 7: values of the type 'guid' are not supported; supported types are microsoft.graph.devicePlatformType, microsoft.graph.appleUserInitiatedEnrollmentType",
    ],
    [
      "length(displayName) gt 1",
      "at position 1: the function 'length' is not supported; supported functions are contains, startswith, endswith, tolower, toupper",
    ],
    [
      "target/any(t:t/x eq 1)",
      "at position 1: the function 'target/any' is not supported; supported functions are contains, startswith, endswith, tolower, toupper",
    ],
    ["contains(displayName)", "at position 21: expected ',', found ')'"],
    ["contains(displayName,'x','y')", "at position 25: expected ')', found ','"],
    ["contains(displayName,'x'", "at position 25: expected ')', found the end"],
    ["contains(priority,'1')", "at position 10: contains needs text, but 'priority' is a number"],
    ["contains(displayName,null)", "at position 22: contains needs text, but 'null' is null"],
    ["contains((priority eq 1),'1')", "at position 10: expected text for contains, found '('"],
    [
      "contains(displayName,'x') gt true",
      `at position 27: ${"only a condition, such as contains(…), can be compared with 'true' or 'false', and only with 'eq' or 'ne'"}, found 'gt'`,
    ],
    [
      "displayName eq true",
      "at position 13: only a condition, such as contains(…), can be compared with 'true' or 'false', and only with 'eq' or 'ne', found 'eq'",
    ],
    [
      "true",
      "at position 1: only a condition, such as contains(…), can be compared with 'true' or 'false', and only with 'eq' or 'ne', found 'true'",
    ],
    ["displayName in 'a'", "at position 16: expected '(' and a list of values, found 'a'"],
    ["displayName in ('a' 'b')", "at position 21: expected ',' or ')', found 'b'"],
    ["displayName in ('a',)", `at position 21: ${term}, found ')'`],
    ["displayName in ('a'", "at position 20: expected ',' or ')', found the end"],
    [
      "displayName in (description)",
      "at position 17: expected a value (a list can contain only values), found 'description'",
    ],
    ["displayName in ('a',1)", "at position 21: 'displayName' (text) cannot be compared with '1' (a number)"],
    [
      `${"(".repeat(101)}priority eq 1${")".repeat(101)}`,
      "at position 101: the filter is nested more than 100 levels deep",
    ],
    [
      `${"not ".repeat(101)}priority eq 1`,
      "at position 401: the filter has more than 100 comparisons, functions and 'not' operators",
    ],
    [
      `contains(description,'x')${" or contains(description,'x')".repeat(100)}`,
      "at position 2901: the filter has more than 100 comparisons, functions and 'not' operators",
    ],
    [`priority in (${"1,".repeat(500)}1)`, "at position 1014: the filter has more than 500 values in lists"],
  ] as const) {
    test(`refuses ${text.length > 70 ? `${text.slice(0, 70)}…` : JSON.stringify(text)}`, () => {
      const result = parseProfiles(text);
      assert.ok(!result.ok, "it is refused");
      assert.equal(result.error.message, `$filter ${message}.`);
      const position = /^at position (\d+)/.exec(message)?.[1];
      assert.equal(result.error.position, Number(position));
    });
  }
});

describe("the reference implementation in conditionModel.ts", () => {
  const row: Readonly<Record<string, Value>> = {
    displayName: "Büro B",
    description: null,
    priority: 3,
    createdDateTime: "2026-01-31T09:30:00.123Z",
    platform: "iOS",
  };
  for (const [text, expected] of [
    ["displayName eq 'Büro B'", true],
    ["displayName eq 'büro b'", false],
    ["tolower(displayName) eq 'büro b'", true],
    ["toupper(displayName) eq 'BüRO B'", true],
    ["displayName lt 'a'", true],
    ["displayName gt 'Buro'", true],
    ["displayName lt 'B\uffff'", true],
    ["'\uffff' lt '😀'", true],
    ["contains(displayName,'ro B')", true],
    ["startswith(displayName,'B_ro')", false],
    ["endswith(displayName,'')", true],
    ["description eq null", true],
    ["description ne 'x'", true],
    ["description eq 'x'", false],
    ["not (description eq 'x')", true],
    ["description lt 'x'", false],
    ["not (description lt 'x')", true],
    ["description ge null", true],
    ["displayName ge null", false],
    ["null le null", true],
    ["null lt null", false],
    ["tolower(description) eq null", true],
    ["contains(description,'x')", false],
    ["not contains(description,'x')", false],
    ["contains(description,'x') eq false", false],
    ["contains(description,'x') ne true", true],
    ["not contains(description,'x') or priority eq 3", true],
    ["not (contains(description,'x') and priority eq 4)", true],
    ["not (contains(description,'x') and priority eq 3)", false],
    ["not (contains(description,'x') or priority eq 4)", false],
    ["description in ('x')", false],
    ["description in ('x',null)", true],
    ["not (description in ('x'))", true],
    ["priority in ()", false],
    ["createdDateTime eq 2026-01-31T10:30:00.123+01:00", true],
    ["createdDateTime lt 2026-01-31T09:30:00.1230001Z", true],
    ["createdDateTime gt 2026-01-31T09:30:00.1229999Z", true],
    ["createdDateTime eq 2026-01-31T09:30:00.1230001Z", false],
  ] as const) {
    test(`evaluates ${text} to ${expected}`, () => {
      const result = parseProfiles(text);
      assert.ok(result.ok, JSON.stringify(result));
      assert.equal(
        matches(result.value, (path) => row[path]),
        expected,
      );
    });
  }
});

function parsedMeaning(result: ReturnType<typeof parseProfiles> | ReturnType<typeof parseAssignments>): string {
  return result.ok ? meaning(result.value) : result.error.message;
}
