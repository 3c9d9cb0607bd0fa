/**
 * Validates requests against the schemas of the contract. Parameters may be coerced, but JSON bodies are not: `"5"` is not an
 * integer. Only the first problem is reported, because a single request could contain a million problems.
 */
import type { Ajv2020, ValidateFunction } from "ajv/dist/2020.js";
import type { DeclaredOperation, OpenApiDocument, ParameterObject } from "../../../contract/document.ts";
import { openAjv, rebase } from "../../../contract/schemas.ts";
import { short } from "../../domain/errors.ts";
import { type ErrorDetail, RequestError } from "../../http/errors.ts";
import { refuseUnstorable } from "./jsonBody.ts";
import { detailOf, isRecord } from "./validationMessages.ts";

export interface RawRequest {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The request headers, with names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

type Values = Record<string, unknown>;

export interface CheckedRequest {
  readonly path: Values;
  readonly query: Values;
  readonly headers: Values;
  readonly body: unknown;
}

/** The parts of an operation against which a request is validated. */
type CheckedParts = Pick<DeclaredOperation, "parameters" | "bodySchema">;

/** Validates a request. @throws RequestError 400 that describes the first problem */
export type Check = (request: RawRequest) => CheckedRequest;

/** Compiles the check of each operation at its first request, because compiling every check at once would slow the start. */
export function compileChecks(document: OpenApiDocument): (operation: CheckedParts) => Check {
  let compilers: Compilers | undefined;

  const compile = (operation: CheckedParts): Check => {
    compilers ??= openCompilers(document);
    const { bodies, parameters } = compilers;
    const parametersIn = (place: string) => operation.parameters.filter((parameter) => parameter.in === place);
    const path = compileParameters(parameters, parametersIn("path"));
    const query = compileParameters(parameters, parametersIn("query"));
    const header = compileParameters(parameters, parametersIn("header"));
    const body = operation.bodySchema && bodies.compile(rebase(operation.bodySchema, adaptSchema));
    const supported = new Set(parametersIn("query").map(({ name }) => name));
    return (request) => {
      const options = optionsIn(request.query, supported);
      return {
        path: path(request.path),
        query: query(options),
        headers: header(request.headers),
        body: body && checkBody(body, request.body),
      };
    };
  };

  return (operation) => {
    let check: Check | undefined;
    return (request) => {
      check ??= compile(operation);
      return check(request);
    };
  };
}

interface Compilers {
  readonly bodies: Ajv2020;
  readonly parameters: Ajv2020;
}

function openCompilers({ components: { schemas } }: OpenApiDocument): Compilers {
  const options = {
    verbose: true,
    validateFormats: false,
    // The contract's linter has already validated the schemas. Compiling the JSON Schema meta-schema would slow the start.
    meta: false,
    validateSchema: false,
  } as const;
  return {
    bodies: openAjv(schemas, { ...options, discriminator: true }, adaptSchema),
    parameters: openAjv(schemas, { ...options, coerceTypes: true }, adaptSchema),
  };
}

/**
 * Rewrites schemas that Ajv interprets differently from OpenAPI. Ajv refuses a discriminator's `mapping`, so only the names in
 * the mapping are kept, for error messages. Ajv also lets a value that is not an object pass a discriminator, so `type: object`
 * is added.
 */
function adaptSchema(_name: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { oneOf, "x-told-apart-by": names } = value;
  if (Array.isArray(oneOf) && Array.isArray(names)) return conditional(oneOf, names);
  return conditionLast(isRecord(value["discriminator"]) ? withNames(value, value["discriminator"]) : value);
}

function withNames(schema: Record<string, unknown>, { propertyName, mapping }: Record<string, unknown>) {
  return { type: "object", ...schema, discriminator: { propertyName }, "x-names": Object.keys(Object(mapping)) };
}

/** Ajv checks a condition first. Its error is only helpful if the value does not also have another error, such as an unknown property. */
function conditionLast(schema: Record<string, unknown>): object {
  const { if: condition, then: consequence, ...others } = schema;
  if (condition === undefined) return schema;
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; a schema is never awaited.
  return { allOf: [others, { if: condition, then: consequence }] };
}

/**
 * Turns two alternatives into a condition. A body with one of the names is validated only against the second alternative, so
 * that the error message describes that alternative.
 */
function conditional([plain, named]: readonly unknown[], names: readonly unknown[]): object {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; a schema is never awaited.
  return { if: { anyOf: names.map((name) => ({ required: [name] })) }, then: named, else: plain };
}

function compileParameters(ajv: Ajv2020, declared: readonly ParameterObject[]): (values: Values) => Values {
  if (declared.length === 0) return () => ({});
  const validate = ajv.compile({
    type: "object",
    properties: Object.fromEntries(declared.map(({ name, schema }) => [name, rebase(schema, adaptSchema)])),
    required: declared.filter(({ required }) => required).map(({ name }) => name),
  });
  return (values) => {
    const given: Values = {};
    for (const parameter of declared) {
      const { name, in: place } = parameter;
      const value = values[place === "header" ? name.toLowerCase() : name];
      if (value === undefined) continue;
      refuseUnusable(value, parameter);
      given[name] = memberOf(parameter, value);
    }
    if (!validate(given)) throw badRequest(firstDetail(validate));
    return given;
  };
}

/** Refuses a parameter that was sent more than once, and values that are valid only because Ajv coerces them. */
function refuseUnusable(value: unknown, { name, schema }: ParameterObject): void {
  if (Array.isArray(value)) throw badRequest({ target: name, message: `${name} must be sent only once.` });
  if (typeof value !== "string") return;
  refuseUnstorable(value, name);
  if (isRecord(schema) && schema["type"] === "integer") refuseOtherNumerals(value, name);
}

/**
 * Returns the enumeration member that a parameter names. As in all query options, names are case-insensitive, and white space
 * around them is ignored. Any other value is returned unchanged.
 */
function memberOf({ schema }: ParameterObject, value: unknown): unknown {
  const members: unknown = Reflect.get(schema, "enum");
  if (typeof value !== "string" || !Array.isArray(members)) return value;
  const name = value.trim().toLowerCase();
  return members.find((member) => String(member).toLowerCase() === name) ?? value;
}

/** The query options of OData (URL Conventions 4.01, 5.1). Microsoft Graph (beta) also accepts them without `$`. */
const systemOptions: ReadonlySet<string> = new Set(
  "apply compute count deltatoken expand filter format index levels orderby schemaversion search select skip skiptoken top"
    .split(" ")
    .map((name) => `$${name}`),
);

/**
 * Returns the query options under the names that they have in the contract. Like Microsoft Graph, the service ignores query
 * parameters that are not OData options.
 * @throws RequestError 400 for an OData option that the operation does not support, and for a name with a `$` inside, such as a
 *   stray backtick before `$filter`: ignoring it would return wrong results.
 */
function optionsIn(query: Values, supported: ReadonlySet<string>): Values {
  const options: Values = {};
  for (const [name, value] of Object.entries(query)) {
    const option = `$${name.toLowerCase().replace(/^\$/, "")}`;
    if (!name.includes("$") && !systemOptions.has(option)) continue;
    if (!supported.has(option)) {
      const others =
        supported.size === 0 ? "no query option is" : `the supported options are ${[...supported].join(", ")}`;
      throw badRequest({ target: name, message: `The query option ${short(name)} is not supported here; ${others}.` });
    }
    if (Object.hasOwn(options, option)) {
      throw badRequest({ target: name, message: `The query option ${option} must be sent only once.` });
    }
    options[option] = value;
  }
  return options;
}

/** Refuses notations of numbers that coercion would accept, such as `0x10`, `1e1` and ` 1`. */
function refuseOtherNumerals(value: string, name: string): void {
  if (/^-?\d+$/.test(value)) return;
  throw badRequest({ target: name, message: `${name} must be an integer, not ${JSON.stringify(short(value))}.` });
}

function checkBody(validate: ValidateFunction, body: unknown): unknown {
  if (body === undefined) throw new RequestError(400, "The request has no body; it must be a JSON object.");
  if (!validate(body)) throw badRequest(firstDetail(validate));
  return body;
}

function badRequest(detail: ErrorDetail): RequestError {
  return new RequestError(400, detail.message, { details: detail.target === "" ? [] : [detail] });
}

function firstDetail(validate: ValidateFunction): ErrorDetail {
  const [error] = validate.errors ?? [];
  if (error === undefined) throw new Error("A schema refused a value without an error.");
  return detailOf(error);
}
