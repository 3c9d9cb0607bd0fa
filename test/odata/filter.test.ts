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

/** A condition with all its parentheses; values as JSON. */
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

describe("a $filter of profiles is understood:", () => {
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
    test(text, () => assert.equal(understood(parseProfiles(text)), expected));
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
    test(`createdDateTime lt ${literal}`, () =>
      assert.equal(understood(parseProfiles(`createdDateTime lt ${literal}`)), `(createdDateTime lt "${expected}")`));
  }
});

test("a $filter of assignments goes by the target's properties", () => {
  const text = "Target/GroupId eq 'g' and target/deviceAndAppManagementAssignmentFilterType in ('include')";
  const expected = '((target/groupId eq "g") and (target/deviceAndAppManagementAssignmentFilterType in ["include"]))';
  assert.equal(understood(parseAssignments(text)), expected);
});

const properties =
  "id, displayName, description, priority, platform, createdDateTime, lastModifiedDateTime, defaultEnrollmentType";
const term = `expected a property (${properties}), a function or a value (text in single quotes)`;
const comparison = "expected a comparison operator (eq, ne, gt, ge, lt, le, in)";

describe("a $filter is refused, with what stands where:", () => {
  for (const [text, message] of [
    ["", `${term} at position 1, found the end`],
    ["displayName", `${comparison} at position 12, found the end`],
    ["displayName equals 'x'", `${comparison} at position 13, found 'equals'`],
    ["displayName = 'x'", `${comparison} at position 13, found '='`],
    ["displayName 'x'", `${comparison} at position 13, found 'x'`],
    ["(displayName equals 'x')", `${comparison} at position 14, found 'equals'`],
    ["displayName and priority eq 1", `${comparison} at position 13, found 'and'`],
    ["not displayName", `${comparison} at position 16, found the end`],
    ["displayName has 'x'", "the operator 'has' is not supported; it stands at position 13"],
    ["priority add 1 eq 2", "the operator 'add' is not supported; it stands at position 10"],
    ["displayName eq", `${term} at position 15, found the end`],
    ["displayName eq x", `${term} at position 16, found 'x'`],
    ['displayName eq "x"', `${term} at position 16, found '"x"'`],
    ["displayName eq and", `${term} at position 16, found 'and'`],
    ["displayName eq )", `${term} at position 16, found ')'`],
    ["$it/displayName eq 'x'", `${term} at position 1, found '$it/displayName'`],
    ["name eq '😀'", `${term} at position 1, found 'name'`],
    ["'😀' eq name", `${term} at position 8, found 'name'`],
    ["availableEnrollmentTypeOptions eq null", `${term} at position 1, found 'availableEnrollmentTypeOptions'`],
    [`${"x".repeat(200)} eq 1`, `${term} at position 1, found '${"x".repeat(64)}…'`],
    ["displayName eq 'x", "the text has no closing quote; a quote in it is written twice ('') at position 16"],
    ["displayName eq 'it's'", "expected and, or or the end at position 20, found 's'"],
    ["displayName eq 'a\0'", "the text contains a NUL character, which no value has, at position 18"],
    ["displayName eq '\ud800'", "the text contains an unpaired surrogate, no character, at position 16"],
    ["priority eq 1 priority eq 2", "expected and, or or the end at position 15, found 'priority'"],
    ["priority eq 1)", "expected and, or or the end at position 14, found ')'"],
    ["(priority eq 1", "expected and, or or ')' at position 15, found the end"],
    ["(priority eq 1 priority", "expected and, or or ')' at position 16, found 'priority'"],
    ["(priority, 1)", "expected a comparison operator or ')' at position 10, found ','"],
    ["priority eq 1 eq 1", "expected and, or or the end at position 15, found 'eq'"],
    ["priority eq 1.5", "numbers are whole here, and '1.5' is not at position 13"],
    [
      "priority lt 2147483648",
      "numbers have 32 bits here (-2147483648 to 2147483647), and '2147483648' is out of range at position 13",
    ],
    [
      "priority eq '1'",
      "'priority' (a number) can't be compared with '1' (text); a number stands without quotes, at position 13",
    ],
    ["displayName eq 1", "'displayName' (text) can't be compared with '1' (a number), at position 16"],
    ["displayName eq priority", "'displayName' (text) can't be compared with 'priority' (a number), at position 16"],
    [
      "createdDateTime gt '2026-01-31T09:30:00Z'",
      "'createdDateTime' (a date and time) can't be compared with '2026-01-31T09:30:00Z' (text); a date and time stands without quotes, at position 20",
    ],
    [
      "createdDateTime gt 2026-01-31",
      "'2026-01-31' is not a date and time: add a time, such as 2026-01-31T00:00:00Z, at position 20",
    ],
    [
      "createdDateTime gt 2026-01-31T09:30:00 02:00",
      "'2026-01-31T09:30:00' is not a date and time: add Z or an offset, such as +02:00 (in a URL %2B02:00, because + is a space there), at position 20",
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
          `'${date}' is not a date and time of the years 0001 to 9999 such as 2026-01-31T09:30:00Z at position 20`,
        ] as const,
    ),
    [
      "platform gt 'iOS'",
      "'platform' is of an enumeration and can only be compared with eq, ne or in at position 10, found 'gt'",
    ],
    [
      "defaultEnrollmentType eq 'none'",
      "expected a member of appleUserInitiatedEnrollmentType ('unknown', 'device', 'user', 'accountDrivenUserEnrollment', 'webDeviceEnrollment', 'unknownFutureValue') at position 26, found 'none'",
    ],
    [
      "platform eq defaultEnrollmentType",
      "'platform' (of the enumeration devicePlatformType) can't be compared with 'defaultEnrollmentType' (of the enumeration appleUserInitiatedEnrollmentType), at position 13",
    ],
    [
      "platform eq tolower('ios')",
      "'platform' (of the enumeration devicePlatformType) can't be compared with 'tolower(…)' (text), at position 13",
    ],
    [
      "id eq guid'x'",
      "values of the type 'guid' are not supported; types with a name here are microsoft.graph.devicePlatformType, microsoft.graph.appleUserInitiatedEnrollmentType, at position 7",
    ],
    [
      "length(displayName) gt 1",
      "the function 'length' is not supported (supported are contains, startswith, endswith, tolower, toupper); it stands at position 1",
    ],
    [
      "target/any(t:t/x eq 1)",
      "the function 'target/any' is not supported (supported are contains, startswith, endswith, tolower, toupper); it stands at position 1",
    ],
    ["contains(displayName)", "expected ',' at position 21, found ')'"],
    ["contains(displayName,'x','y')", "expected ')' at position 25, found ','"],
    ["contains(displayName,'x'", "expected ')' at position 25, found the end"],
    ["contains(priority,'1')", "contains takes text, and 'priority' is a number, at position 10"],
    ["contains(displayName,null)", "contains takes text, and 'null' is nothing, at position 22"],
    ["contains((priority eq 1),'1')", "expected text for contains at position 10, found '('"],
    [
      "contains(displayName,'x') gt true",
      `${"only a condition, such as contains(…), can be compared with true or false, by eq or ne"} at position 27, found 'gt'`,
    ],
    [
      "displayName eq true",
      "only a condition, such as contains(…), can be compared with true or false, by eq or ne at position 13, found 'eq'",
    ],
    [
      "true",
      "only a condition, such as contains(…), can be compared with true or false, by eq or ne at position 1, found 'true'",
    ],
    ["displayName in 'a'", "expected '(' and a list of values at position 16, found 'a'"],
    ["displayName in ('a' 'b')", "expected ',' or ')' at position 21, found 'b'"],
    ["displayName in ('a',)", `${term} at position 21, found ')'`],
    ["displayName in ('a'", "expected ',' or ')' at position 20, found the end"],
    [
      "displayName in (description)",
      "expected a value, as a list holds nothing else, at position 17, found 'description'",
    ],
    ["displayName in ('a',1)", "'displayName' (text) can't be compared with '1' (a number), at position 21"],
    [
      `${"(".repeat(101)}priority eq 1${")".repeat(101)}`,
      "the filter is nested deeper than 100 levels at position 101",
    ],
    [`${"not ".repeat(101)}priority eq 1`, "the filter is nested deeper than 100 levels at position 401"],
    [
      `priority in (${"1,".repeat(500)}1)`,
      "the filter has more than 500 comparisons, functions, nots and values in lists; the next is at position 1012",
    ],
  ] as const) {
    test(text.length > 70 ? `${text.slice(0, 70)}…` : JSON.stringify(text), () => {
      const result = parseProfiles(text);
      assert.ok(!result.ok, "it is refused");
      assert.equal(result.error.message, `$filter: ${message}.`);
      const position = / at position (\d+)/.exec(message)?.[1];
      assert.equal(result.error.position, Number(position));
    });
  }
});

describe("a condition is met", () => {
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
    test(`${text}: ${expected}`, () => {
      const result = parseProfiles(text);
      assert.ok(result.ok, JSON.stringify(result));
      assert.equal(
        matches(result.value, (path) => row[path]),
        expected,
      );
    });
  }
});

function understood(result: ReturnType<typeof parseProfiles> | ReturnType<typeof parseAssignments>): string {
  return result.ok ? meaning(result.value) : result.error.message;
}
