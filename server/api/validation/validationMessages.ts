/** Describes a validation error in one sentence: the property, the problem with its value, and the expected value. */
import type { ErrorObject } from "ajv/dist/2020.js";
import { short } from "../../domain/errors.ts";
import type { ErrorDetail } from "../../http/errors.ts";

/** @param error an error from Ajv with the option `verbose`, so that it contains the schema and the value. */
export function detailOf(error: ErrorObject): ErrorDetail {
  const path = pathOf(error.instancePath);
  const [member, problem] = problemOf(error);
  const target = member === undefined ? path : path === "" ? member : `${path}.${member}`;
  const shown = error.keyword === "additionalProperties" ? short(target) || '""' : target;
  return { target: shown, message: `${shown === "" ? "The request body" : shown} ${problem}.${reasonOf(error)}` };
}

/** The rule that a value breaks if it breaks the `then` of a condition: the description of the schema in `then`. */
function reasonOf({ schemaPath, parentSchema }: ErrorObject): string {
  const { description } = Object(parentSchema);
  return schemaPath.includes("/then/") && typeof description === "string" ? ` ${description}` : "";
}

type Describe = (error: ErrorObject, schema: Record<string, unknown>) => string;

/** Returns the end of the sentence, and the name of the wrong member if a member and not the value itself is wrong. */
function problemOf(error: ErrorObject): readonly [member: string | undefined, problem: string] {
  const schema: Record<string, unknown> = isRecord(error.parentSchema) ? error.parentSchema : {};
  const describe = problems[error.keyword];
  const problem = describe ? describe(error, schema) : (error.message ?? "is not valid");
  const name = memberParameters[error.keyword];
  return [name === undefined ? undefined : String(error.params[name]), problem];
}

/** By keyword, the parameter of Ajv's error that contains the name of the wrong member. */
const memberParameters: Readonly<Record<string, string>> = {
  required: "missingProperty",
  additionalProperties: "additionalProperty",
  discriminator: "tag",
};

const problems: Readonly<Record<string, Describe>> = {
  required: () => "is missing",
  additionalProperties: ({ params }, schema) => {
    const name = String(params["additionalProperty"]);
    const hints = schema["x-hints"];
    if (isRecord(hints) && Object.hasOwn(hints, name)) return `is not a property here: ${String(hints[name])}`;
    return `is not a property here: the properties are ${Object.keys(Object(schema["properties"])).join(", ")}`;
  },
  discriminator: ({ params }, schema) => {
    const given = params["tagValue"] === undefined ? "is missing" : `is ${quoted(params["tagValue"])}`;
    const names = Array.isArray(schema["x-names"]) ? schema["x-names"].filter((name) => name.startsWith("#")) : [];
    return `${given}; it must be one of ${listed(names)}`;
  },
  type: ({ params, data }) => `must be ${typeNames(params["type"])}, not ${kindOf(data)}`,
  enum: ({ params, data }) => {
    const values = [params["allowedValues"]].flat();
    return `is ${quoted(data)}; it must be ${values.length === 1 ? "" : "one of "}${listed(values)}`;
  },
  minLength: ({ params }) => `must have at least ${counted(params["limit"], "character")}`,
  maxLength: ({ params }) => `must have at most ${counted(params["limit"], "character")}`,
  minItems: ({ params }) => `must have at least ${counted(params["limit"], "item")}`,
  maxItems: ({ params }) => `must have at most ${counted(params["limit"], "item")}`,
  minimum: ({ params, data }) => `is ${quoted(data)}; it must be at least ${String(params["limit"])}`,
  maximum: ({ params, data }) => `is ${quoted(data)}; it must be at most ${String(params["limit"])}`,
  pattern: ({ data, propertyName }, schema) =>
    `${propertyName === undefined ? "is" : "has the name"} ${quoted(data)}, which is malformed; it must be ${described(schema)}`,
};

/** Converts a JSON Pointer to a property path: `/options/0/ownerType` becomes `options[0].ownerType`. */
function pathOf(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join("");
}

/** The first sentence of a schema's description, as the end of another sentence. */
function described({ description }: Record<string, unknown>): string {
  return String(description)
    .replace(/\.(\s.*)?$/s, "")
    .replace(/^(A|An|The) /, (article) => article.toLowerCase());
}

function typeNames(types: unknown): string {
  const articled = { object: "an object", array: "an array", integer: "an integer", null: "null" };
  const names = [types]
    .flat()
    .map((type) => Object.entries(articled).find(([name]) => name === type)?.[1] ?? `a ${type}`);
  return names.join(" or ");
}

function listed(values: unknown): string {
  return Array.isArray(values) ? values.join(", ") : String(values);
}

function counted(limit: unknown, unit: string): string {
  return `${String(limit)} ${unit}${limit === 1 ? "" : "s"}`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  return quoted(value);
}

function quoted(value: unknown): string {
  // JSON.parse returns Infinity for a number that is too large, and JSON.stringify writes Infinity as `null`.
  return short(typeof value === "number" ? String(value) : (JSON.stringify(value) ?? "nothing"));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
