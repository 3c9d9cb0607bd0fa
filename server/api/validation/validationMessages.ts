/** Describes in a sentence what a schema found wrong: which property, what is wrong with its value, and what would be right. */
import type { ErrorObject } from "ajv/dist/2020.js";
import { short } from "../../domain/errors.ts";
import type { ErrorDetail } from "../../http/errors.ts";

/** @param error as Ajv reports it with `verbose`, together with the schema and the value. */
export function detailOf(error: ErrorObject): ErrorDetail {
  const path = pathOf(error.instancePath);
  const [member, problem] = problemOf(error);
  const target = member === undefined ? path : path === "" ? member : `${path}.${member}`;
  const shown = error.keyword === "additionalProperties" ? short(target) || '""' : target;
  return { target: shown, message: `${shown === "" ? "The request body" : shown} ${problem}.` };
}

type Describe = (error: ErrorObject, schema: Record<string, unknown>) => string;

/** The end of the sentence, and first the member of the value that is wrong, if it is not the value itself. */
function problemOf(error: ErrorObject): readonly [member: string | undefined, problem: string] {
  const schema: Record<string, unknown> = isRecord(error.parentSchema) ? error.parentSchema : {};
  const describe = problems[error.keyword];
  const problem = describe ? describe(error, schema) : (error.message ?? "is not valid");
  const name = memberParameters[error.keyword];
  return [name === undefined ? undefined : String(error.params[name]), problem];
}

/** Ajv's parameter with the name of the member that is wrong, by keyword. */
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
  enum: ({ params, data }) => `is ${quoted(data)}; it must be one of ${listed(params["allowedValues"])}`,
  minLength: ({ params }) => `must have at least ${counted(params["limit"], "character")}`,
  maxLength: ({ params }) => `must have at most ${counted(params["limit"], "character")}`,
  minItems: ({ params }) => `must have at least ${counted(params["limit"], "item")}`,
  maxItems: ({ params }) => `must have at most ${counted(params["limit"], "item")}`,
  minimum: ({ params, data }) => `is ${quoted(data)}; it must be at least ${String(params["limit"])}`,
  maximum: ({ params, data }) => `is ${quoted(data)}; it must be at most ${String(params["limit"])}`,
  pattern: ({ data }, schema) =>
    `is ${quoted(data)}, which is malformed; it must be ${String(schema["description"]).replace(/\.$/, "")}`,
};

/** `/target/groupId` and `/options/0/ownerType`, as a person writes them: `target.groupId`, `options[0].ownerType`. */
function pathOf(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join("");
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
  // JSON.parse turns a number that is too large into Infinity, which JSON.stringify cannot write.
  return short(typeof value === "number" ? String(value) : (JSON.stringify(value) ?? "nothing"));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
