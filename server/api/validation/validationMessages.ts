/** Says in a sentence what a schema found wrong: which property, what is wrong with its value, and what would do. */
import type { ErrorObject } from "ajv/dist/2020.js";
import { short } from "../../domain/errors.ts";
import type { ErrorDetail } from "../../http/errors.ts";

/** @param error as Ajv reports it with `verbose`: the schema and the value are at hand. */
export function detailOf(error: ErrorObject): ErrorDetail {
  const place = placeOf(error.instancePath);
  const member = (name: unknown) => (place === "" ? String(name) : `${place}.${String(name)}`);
  const { params, data } = error;
  const schema: Record<string, unknown> = isRecord(error.parentSchema) ? error.parentSchema : {};
  const fault = (target: string, problem: string): ErrorDetail => ({
    target,
    message: `${target === "" ? "The request body" : target} ${problem}.`,
  });

  switch (error.keyword) {
    case "required":
      return fault(member(params["missingProperty"]), "is missing");
    case "additionalProperties": {
      const name = String(params["additionalProperty"]);
      const hints = schema["x-hints"];
      const hint = isRecord(hints) && Object.hasOwn(hints, name) ? hints[name] : undefined;
      const known = Object.keys(Object(schema["properties"])).join(", ");
      return fault(
        short(member(name)) || '""',
        `is not a property here: ${hint ? String(hint) : `known are ${known}`}`,
      );
    }
    case "discriminator": {
      const given = params["tagValue"] === undefined ? "is missing" : `is ${shown(params["tagValue"])}`;
      const names = Array.isArray(schema["x-names"]) ? schema["x-names"].filter((name) => name.startsWith("#")) : [];
      return fault(member(params["tag"]), `${given}; it must be one of ${list(names)}`);
    }
    case "type":
      return fault(place, `must be ${typeNames(params["type"])}, not ${kindOf(data)}`);
    case "enum":
      return fault(place, `is ${shown(data)}; it must be one of ${list(params["allowedValues"])}`);
    case "minLength":
      return fault(place, `must have at least ${counted(params["limit"], "character")}`);
    case "maxLength":
      return fault(place, `must have at most ${counted(params["limit"], "character")}`);
    case "minItems":
      return fault(place, `must have at least ${counted(params["limit"], "item")}`);
    case "maxItems":
      return fault(place, `must have at most ${counted(params["limit"], "item")}`);
    case "minimum":
      return fault(place, `is ${shown(data)}; it must be at least ${String(params["limit"])}`);
    case "maximum":
      return fault(place, `is ${shown(data)}; it must be at most ${String(params["limit"])}`);
    case "pattern":
      return fault(
        place,
        `is ${shown(data)}, which is malformed; it must be ${String(schema["description"]).replace(/\.$/, "")}`,
      );
    default:
      return fault(place, error.message ?? "is not valid");
  }
}

/** `/target/groupId` and `/options/0/ownerType`, as a person writes them: `target.groupId`, `options[0].ownerType`. */
function placeOf(pointer: string): string {
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

function list(values: unknown): string {
  return Array.isArray(values) ? values.join(", ") : String(values);
}

function counted(limit: unknown, unit: string): string {
  return `${String(limit)} ${unit}${limit === 1 ? "" : "s"}`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  return shown(value);
}

function shown(value: unknown): string {
  // What is too large for a number has become infinite, which JSON can't say.
  return short(typeof value === "number" ? String(value) : (JSON.stringify(value) ?? "nothing"));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
