/** The judge: what is wrong with an answer by the contract alone, whatever was asked for. Pure. */
import type { ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { DeclaredResponse } from "../../contract/document.ts";
import { openAjv, rebase } from "../../contract/schemas.ts";
import contract from "../../generated/openapi.json" with { type: "json" };
import { errorCodeOf, type Operation, operationNamed } from "../server/contract.ts";
import { type Answer, type Exchange, isJson, mediaType } from "../server/exchange.ts";

/** What is wrong, and where. */
export interface Fault {
  /** A name of the rule, the same for each time it is broken. */
  readonly rule: Rule;
  /** Where in the answer, such as `body/value/0/platform` or `headers/etag`; empty: the whole. */
  readonly path: string;
  /** A sentence. */
  readonly message: string;
}

export type Rule =
  | "answer"
  | "declared status"
  | "expected status"
  | "content type"
  | "body"
  | "header"
  | "client-request-id"
  | "entity tag"
  | "error code"
  | "error ids"
  | "expectation";

// Formats are checked here; a `discriminator` is only a hint for generators.
const ajv = openAjv(contract.components.schemas, { allErrors: true, formats: { int32: true } });
addFormats.default(ajv);

const compiled = new Map<object, ValidateFunction>();

/** The validator of a schema of the contract, compiled the first time. */
export function validatorOf(schema: object): ValidateFunction {
  const known = compiled.get(schema);
  if (known) return known;
  const validate = ajv.compile(rebase(schema));
  compiled.set(schema, validate);
  return validate;
}

export type Judge = (exchange: Exchange) => Fault[];

/** The rules by which an answer has to agree with its request or with itself: an example that is sent as it stands can't. */
const agreements: ReadonlySet<Rule> = new Set(["client-request-id", "entity tag", "error ids"]);

/** As `judge`, by status, headers and schemas alone: all that a server can keep which answers with examples. */
export function judgeSchemas(exchange: Exchange): Fault[] {
  return judge(exchange).filter(({ rule }) => !agreements.has(rule));
}

/** What the contract has against the exchange's answer; none for a request that is no operation's. */
export function judge({ operation: operationId, headers, answer, failure }: Exchange): Fault[] {
  if (answer === undefined) return [fault("answer", "", `There was no answer: ${failure}.`)];
  if (operationId === undefined) return [];
  const operation = operationNamed(operationId);
  const response = operation.responses.get(answer.status);
  if (response === undefined) {
    const declared = [...operation.responses.keys()].join(", ");
    return [fault("declared status", "", `${answer.status} is not declared; ${declared} are.`)];
  }
  return [
    ...headerFaults(response, answer),
    ...echoFaults(headers["client-request-id"], answer),
    ...bodyFaults(response, answer),
    ...entityTagFaults(answer),
    ...errorFaults(operation, answer),
  ];
}

export function fault(rule: Rule, path: string, message: string): Fault {
  return { rule, path, message };
}

function headerFaults({ headers }: DeclaredResponse, answer: Answer): Fault[] {
  return Object.entries(headers).flatMap(([name, { required, schema }]) => {
    const value = answer.headers[name.toLowerCase()];
    const path = `headers/${name.toLowerCase()}`;
    if (value === undefined) return required ? [fault("header", path, `The header ${name} is missing.`)] : [];
    return schemaFaults("header", path, schema, value);
  });
}

/** "As the caller sent it if it is at most 128 visible ASCII characters, else the `request-id` again." */
function echoFaults(sent: string | undefined, { headers }: Answer): Fault[] {
  const got = headers["client-request-id"];
  const wanted = sent !== undefined && /^[\x21-\x7e]{1,128}$/.test(sent) ? sent : headers["request-id"];
  if (got === undefined || got === wanted) return [];
  return [fault("client-request-id", "headers/client-request-id", `It is '${short(got)}', and must be '${wanted}'.`)];
}

function bodyFaults({ content }: DeclaredResponse, { headers, text, body }: Answer): Fault[] {
  if (content === undefined) {
    return text === "" ? [] : [fault("body", "body", `There must be no body; it begins with '${short(text)}'.`)];
  }
  const type = headers["content-type"];
  const [[declared, { schema }] = ["", { schema: {} }]] = Object.entries(content);
  if (type === undefined || mediaType(type) !== declared) {
    return [fault("content type", "headers/content-type", `It must be ${declared}, not ${type ?? "missing"}.`)];
  }
  if (isJson(type) && body === text) return [fault("body", "body", `It is not JSON: '${short(text)}'.`)];
  return schemaFaults("body", "body", schema, body);
}

function schemaFaults(rule: Rule, path: string, schema: object, value: unknown): Fault[] {
  const validate = validatorOf(schema);
  if (validate(value)) return [];
  // The branches of a oneOf complain one by one: the deepest complaint is the one that helps.
  const errors = [...(validate.errors ?? [])].sort((a, b) => b.instancePath.length - a.instancePath.length);
  const [{ instancePath = "", message = "is wrong", params = {} } = {}] = errors;
  const what = params["additionalProperty"] ?? params["allowedValue"] ?? params["allowedValues"];
  const detail = what === undefined ? "" : ` (${JSON.stringify(what)})`;
  return [fault(rule, `${path}${instancePath}`, `${path}${instancePath} ${message}${detail}.`)];
}

/** `ETag`: "equal to its `@odata.etag`". */
function entityTagFaults({ headers, body }: Answer): Fault[] {
  const [header, member] = [headers["etag"], Object(body)["@odata.etag"]];
  if (header === undefined || member === undefined || header === member) return [];
  return [fault("entity tag", "headers/etag", `ETag is ${short(header)} and @odata.etag ${short(String(member))}.`)];
}

function errorFaults(operation: Operation, { status, headers, body }: Answer): Fault[] {
  const error = Object(body).error;
  if (status < 400 || typeof error !== "object" || error === null) return [];
  const wanted = errorCodeOf(operation, status);
  const id = error.innerError?.["request-id"];
  return [
    ...(wanted !== undefined && error.code !== undefined && error.code !== wanted
      ? [
          fault(
            "error code",
            "body/error/code",
            `The code of a ${status} is ${wanted}, not '${short(String(error.code))}'.`,
          ),
        ]
      : []),
    ...(id !== undefined && headers["request-id"] !== undefined && id !== headers["request-id"]
      ? [fault("error ids", "body/error/innerError/request-id", "It is not the header's request-id.")]
      : []),
  ];
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
