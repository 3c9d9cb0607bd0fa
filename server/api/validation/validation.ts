/**
 * Checks requests against the contract's schemas. Parameters may be coerced, JSON bodies never: `"5"` is not an
 * integer. The first fault is reported: collecting all would let one request make the service write a million.
 */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { short } from "../../domain/errors.ts";
import { type ErrorDetail, RequestError } from "../../http/errors.ts";
import type { ContractDocument, Operation, Parameter } from "../operations.ts";
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

/** @throws RequestError 400 naming the first thing that is wrong. */
export type Check = (request: RawRequest) => CheckedRequest;

/** The check of each operation, compiled when it is first needed: 60 ms of a start, for what one run may never use. */
export function compileChecks(document: ContractDocument): (operation: Operation) => Check {
  let compilers: Compilers | undefined;

  const compile = (operation: Operation): Check => {
    compilers ??= openCompilers(document);
    const { bodies, parameters } = compilers;
    const of = (place: string) => operation.parameters.filter((parameter) => parameter.in === place);
    const path = compileParameters(parameters, of("path"));
    const query = compileParameters(parameters, of("query"));
    const header = compileParameters(parameters, of("header"));
    const body = operation.bodySchema && bodies.compile(forAjv(operation.bodySchema));
    const supported = new Set(of("query").map(({ name }) => name));
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

function openCompilers(document: ContractDocument): Compilers {
  const options = {
    strict: false,
    verbose: true,
    validateFormats: false,
    // The contract's linter has looked at the schemas; compiling the schema of schemas costs 70 ms.
    meta: false,
    validateSchema: false,
  } as const;
  const bodies = new Ajv2020({ ...options, discriminator: true });
  const parameters = new Ajv2020({ ...options, coerceTypes: true });
  const schemas = forAjv({ $id: "contract", components: { schemas: document.components.schemas } });
  bodies.addSchema(schemas);
  parameters.addSchema(schemas);
  return { bodies, parameters };
}

/**
 * A copy of a schema as Ajv wants it. References start at the contract. A discriminator has no mapping, which Ajv
 * refuses, but the names it maps, for the message; and since Ajv lets whatever is not an object pass a discriminator,
 * the type is written out.
 */
function forAjv<Schema>(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (name, value: unknown) => {
    if (name === "$ref" && typeof value === "string" && value.startsWith("#/")) return `contract${value}`;
    if (!isRecord(value)) return value;
    const { oneOf, "x-told-apart-by": names } = value;
    if (Array.isArray(oneOf) && Array.isArray(names)) return toldApart(oneOf, names);
    if (!isRecord(value["discriminator"])) return value;
    const { propertyName, mapping } = value["discriminator"];
    return { type: "object", ...value, discriminator: { propertyName }, "x-names": Object.keys(Object(mapping)) };
  });
}

/** Of two alternatives, the one that is meant says what is wrong, and not both: the second, if it has one of the names. */
function toldApart([plain, named]: readonly unknown[], names: readonly unknown[]): object {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits a schema.
  return { if: { anyOf: names.map((name) => ({ required: [name] })) }, then: named, else: plain };
}

function compileParameters(ajv: Ajv2020, declared: readonly Parameter[]): (values: Values) => Values {
  if (declared.length === 0) return () => ({});
  const validate = ajv.compile({
    type: "object",
    properties: Object.fromEntries(declared.map(({ name, schema }) => [name, forAjv(schema)])),
    required: declared.filter(({ required }) => required).map(({ name }) => name),
  });
  return (values) => {
    const taken: Values = {};
    for (const { name, in: place, schema } of declared) {
      const value = values[place === "header" ? name.toLowerCase() : name];
      if (value === undefined) continue;
      if (typeof value === "string") refuseUnstorable(value, name);
      if (Array.isArray(value)) throw badRequest({ target: name, message: `${name} must stand there only once.` });
      if (isRecord(schema) && schema["type"] === "integer") refuseOtherNumerals(value, name);
      taken[name] = value;
    }
    if (!validate(taken)) throw badRequest(firstDetail(validate));
    return taken;
  };
}

/** Query options of OData (URL Conventions 4.01, 5.1). Microsoft Graph's beta takes them without `$` as well. */
const systemOptions: ReadonlySet<string> = new Set(
  "apply compute count deltatoken expand filter format index levels orderby schemaversion search select skip skiptoken top"
    .split(" ")
    .map((name) => `$${name}`),
);

/**
 * The query options by their own names; whatever is none is ignored, as Graph does.
 * @throws RequestError 400 for an option that does nothing here: it must not look as if it did.
 */
function optionsIn(query: Values, supported: ReadonlySet<string>): Values {
  const options: Values = {};
  for (const [name, value] of Object.entries(query)) {
    const option = `$${name.toLowerCase().replace(/^\$/, "")}`;
    if (!name.startsWith("$") && !systemOptions.has(option)) continue;
    if (!supported.has(option)) {
      const would = supported.size === 0 ? "no query option is" : `supported are ${[...supported].join(", ")}`;
      throw badRequest({ target: name, message: `The query option ${short(name)} is not supported here; ${would}.` });
    }
    if (Object.hasOwn(options, option)) {
      throw badRequest({ target: name, message: `The query option ${option} is given twice.` });
    }
    options[option] = value;
  }
  return options;
}

/** What coercion would take as well: `0x10`, `1e1`, ` 1`. */
function refuseOtherNumerals(value: unknown, name: string): void {
  if (typeof value !== "string" || /^-?\d+$/.test(value)) return;
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
  if (error === undefined) throw new Error("A schema refused a value without saying why.");
  return detailOf(error);
}
