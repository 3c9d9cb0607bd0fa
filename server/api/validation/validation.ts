/**
 * Checks requests against the schemas of the contract. Parameters may be coerced, JSON bodies never: `"5"` is not an integer.
 * Only the first problem is reported: with all of them, one request could make the service write a million.
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
  /** Names in lower case. */
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

/** The parts of an operation that a request is checked against. */
type CheckedParts = Pick<DeclaredOperation, "parameters" | "bodySchema">;

/** @throws RequestError 400 that names the first thing that is wrong. */
export type Check = (request: RawRequest) => CheckedRequest;

/** The check of each operation. It is compiled when it is first needed, because compiling all of them would slow the start. */
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
    // The linter of the contract has checked the schemas. Compiling the schema of schemas would slow the start.
    meta: false,
    validateSchema: false,
  } as const;
  return {
    bodies: openAjv(schemas, { ...options, discriminator: true }, adaptSchema),
    parameters: openAjv(schemas, { ...options, coerceTypes: true }, adaptSchema),
  };
}

/**
 * Rewrites what Ajv reads differently. It refuses the mapping of a discriminator, so only the names in it are kept, for the
 * message. And it lets any value that is not an object pass a discriminator, so the type is written out.
 */
function adaptSchema(_name: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { oneOf, "x-told-apart-by": names } = value;
  if (Array.isArray(oneOf) && Array.isArray(names)) return conditional(oneOf, names);
  if (!isRecord(value["discriminator"])) return value;
  const { propertyName, mapping } = value["discriminator"];
  return { type: "object", ...value, discriminator: { propertyName }, "x-names": Object.keys(Object(mapping)) };
}

/** Two alternatives as a condition: a body with one of the names is checked against the second alone, for a useful message. */
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
      given[name] = value;
    }
    if (!validate(given)) throw badRequest(firstDetail(validate));
    return given;
  };
}

/** Refuses what a schema cannot refuse, or what coercion would accept. */
function refuseUnusable(value: unknown, { name, schema }: ParameterObject): void {
  if (Array.isArray(value)) throw badRequest({ target: name, message: `${name} must be sent only once.` });
  if (typeof value !== "string") return;
  refuseUnstorable(value, name);
  if (isRecord(schema) && schema["type"] === "integer") refuseOtherNumerals(value, name);
}

/** The query options of OData (URL Conventions 4.01, 5.1). The beta of Microsoft Graph also accepts them without `$`. */
const systemOptions: ReadonlySet<string> = new Set(
  "apply compute count deltatoken expand filter format index levels orderby schemaversion search select skip skiptoken top"
    .split(" ")
    .map((name) => `$${name}`),
);

/**
 * The query options under the names of the contract. Like Graph, the service ignores parameters that are not query options.
 * @throws RequestError 400 for an option that is not supported here: it must not seem to work.
 */
function optionsIn(query: Values, supported: ReadonlySet<string>): Values {
  const options: Values = {};
  for (const [name, value] of Object.entries(query)) {
    const option = `$${name.toLowerCase().replace(/^\$/, "")}`;
    if (!name.startsWith("$") && !systemOptions.has(option)) continue;
    if (!supported.has(option)) {
      const others = supported.size === 0 ? "no query option is" : `supported are ${[...supported].join(", ")}`;
      throw badRequest({ target: name, message: `The query option ${short(name)} is not supported here; ${others}.` });
    }
    if (Object.hasOwn(options, option)) {
      throw badRequest({ target: name, message: `The query option ${option} must be sent only once.` });
    }
    options[option] = value;
  }
  return options;
}

/** Refuses numbers that only coercion accepts: `0x10`, `1e1`, ` 1`. */
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
