/** Generates query options. A small grammar generates the valid ones; the invalid ones are listed here. */
import fc from "fast-check";
import type { Operation } from "../server/contract.ts";
import { hostileTexts } from "./hostile.ts";

/** A query option with its expected validity. */
export interface QueryOption {
  readonly name: string;
  readonly value: string;
  /** If false, the server must answer with 400. */
  readonly isValid: boolean;
}

/** The properties that a filter can compare, by the type of the literal. */
const comparable = {
  profile: {
    text: ["id", "displayName", "DisplayName", "description"],
    number: ["priority"],
    date: ["createdDateTime", "lastModifiedDateTime"],
    platform: ["platform"],
    type: ["defaultEnrollmentType"],
  },
  assignment: {
    text: ["id", "target/groupId", "target/collectionId", "target/deviceAndAppManagementAssignmentFilterId"],
    filter: ["target/deviceAndAppManagementAssignmentFilterType"],
  },
} as const;
const selectable = {
  profile: ["id", "displayName", "priority", "platform", "availableEnrollmentTypeOptions", "createdDateTime", "*"],
  assignment: ["id", "target", "TARGET", "*"],
} as const;

type Entity = keyof typeof comparable;

// A URL cannot contain an unpaired surrogate. A NUL is left out, because the contract mentions it only for bodies.
const text = fc
  .oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: "grapheme", maxLength: 6 }))
  .filter((one) => one.isWellFormed() && !one.includes("\0"));
const textLiteral = text.map((one) => `'${one.replaceAll("'", "''")}'`);
const literals = {
  text: textLiteral,
  number: fc.integer().map(String),
  date: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()),
  platform: fc.constantFrom("'iOS'", "'macOS'", "'unknownFutureValue'", "microsoft.graph.devicePlatformType'iOS'"),
  type: fc.constantFrom("'device'", "'unknown'"),
  filter: fc.constantFrom("'none'", "'include'"),
};

function filter(entity: Entity): fc.Arbitrary<string> {
  const comparisons = Object.entries(comparable[entity]).map(([kind, paths]) => {
    const literal: fc.Arbitrary<string> = Reflect.get(literals, kind);
    const operators = kind === "number" || kind === "date" ? ["eq", "ne", "gt", "ge", "lt", "le"] : ["eq", "ne"];
    const path = fc.constantFrom<string>(...paths);
    return fc.oneof(
      fc.tuple(path, fc.constantFrom(...operators), literal).map((parts) => parts.join(" ")),
      fc
        .tuple(path, fc.array(literal, { minLength: 1, maxLength: 3 }))
        .map(([one, of]) => `${one} in (${of.join(",")})`),
    );
  });
  const functionCall = fc
    .tuple(
      fc.constantFrom("contains", "startswith", "endswith"),
      fc.constantFrom<string>(...comparable[entity].text).chain((path) => fc.constantFrom(path, `tolower(${path})`)),
      textLiteral,
    )
    .map(([name, path, literal]) => `${name}(${path},${literal})`);
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.oneof(...comparisons, functionCall),
      fc
        .tuple(tie("expression"), fc.constantFrom("and", "or"), tie("expression"))
        .map(([one, or, two]) => `(${one}) ${or} ${two}`),
      tie("expression").map((one) => `not (${one})`),
    ),
  }));
  return expression;
}

function commaList(names: readonly string[], ends: readonly string[]): fc.Arbitrary<string> {
  const one = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...ends)).map((parts) => parts.join(""));
  return fc.uniqueArray(one, { minLength: 1, maxLength: 3 }).map((items) => items.join(","));
}

const wholeNumber = fc.oneof(fc.nat(3), fc.nat(2_147_483_647)).map(String);

/** Returns valid and invalid values for each query option. Valid values of `$skiptoken` are left out: only the server can create them. */
function optionValues(
  entity: Entity,
): Readonly<Record<string, readonly [fc.Arbitrary<string> | undefined, ...string[]]>> {
  return {
    $filter: [
      filter(entity),
      "",
      "displayName",
      "colour eq 1",
      "id eq 'a",
      "id eq eq 'a'",
      "(id eq 'a'",
      "a".repeat(500),
    ],
    $orderby: [
      commaList(Object.values(comparable[entity]).flat(), ["", " asc", " desc"]),
      "",
      "colour",
      "id sideways",
      "id,,id",
    ],
    $select: [commaList(selectable[entity], [""]), "colour", "id;id", "__proto__"],
    $top: [wholeNumber, "-1", "1.5", "many", "2147483648", "", "0x1", "1e1"],
    $skip: [wholeNumber, "-1", "1.5", "many", "2147483648", "", "NaN"],
    $skiptoken: [undefined, "a", "%", "e30", "bnVsbA"],
    $count: [fc.constantFrom("true", "false"), "yes", "", "1"],
    $expand: [fc.constantFrom("assignments", "Assignments", " assignments"), "colour", "assignments($colour=1)"],
  };
}

const unsupportedOptions: readonly QueryOption[] = [
  { name: "$search", value: "a", isValid: false },
  { name: "$apply", value: "a", isValid: false },
  { name: "$colour", value: "red", isValid: false },
  { name: "colour", value: "red", isValid: true },
  { name: "__proto__", value: "red", isValid: true },
  { name: "constructor", value: "", isValid: true },
];

/** Generates query options for the operation. Most of them are valid, and no option occurs twice. */
export function queryOptions({ path, parameters }: Operation): fc.Arbitrary<readonly QueryOption[]> {
  const values = optionValues(path.includes("/assignments") ? "assignment" : "profile");
  const own = parameters.flatMap(({ name, in: place }) => {
    if (place !== "query") return [];
    const [valid, ...wrong] = values[name] ?? [undefined];
    return [
      ...(valid ? [{ weight: 9, arbitrary: valid.map((value) => ({ name, value, isValid: true })) }] : []),
      ...(wrong.length > 0
        ? [{ weight: 2, arbitrary: fc.constantFrom(...wrong).map((value) => ({ name, value, isValid: false })) }]
        : []),
    ];
  });
  const one = fc.oneof(...own, { weight: own.length > 0 ? 4 : 1, arbitrary: fc.constantFrom(...unsupportedOptions) });
  return fc.uniqueArray(one, { maxLength: own.length > 0 ? 4 : 1, selector: ({ name }) => name });
}
