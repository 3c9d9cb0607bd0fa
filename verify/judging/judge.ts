/** Compares an answer with the contract, independently of the scenario. */
import type { ValidateFunction } from "ajv/dist/2020.js";
import { type DeclaredResponse, type OpenApiDocument, readOperations } from "../../contract/document.ts";
import { lenientContract } from "../../contract/strict.ts";
import contract from "../../generated/openapi.json" with { type: "json" };
import { exampleErrorCode, getOperation, noRoute, type Operation } from "../server/contract.ts";
import { type Answer, type Exchange, isJson, mediaType } from "../server/exchange.ts";
import { type GetValidator, getValidator, openValidators } from "./validators.ts";

/** A breach of a rule of the contract in an answer. */
export interface Violation {
  readonly rule: Rule;
  /** The location in the answer, such as `body/value/0/platform` or `headers/etag`. Empty for the whole answer. */
  readonly path: string;
  /** The description of the violation, as one sentence. */
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

export type Judge = (exchange: Exchange) => Violation[];

/** The rules that compare an answer with the request or with itself. A mock that sends fixed examples cannot follow them. */
const agreementRules: ReadonlySet<Rule> = new Set(["client-request-id", "entity tag", "error ids"]);

/** Like `judge`, but checks only the status, the headers and the schemas, for a mock that answers with examples. */
export function judgeSchemas(exchange: Exchange): Violation[] {
  return judge(exchange).filter(({ rule }) => !agreementRules.has(rule));
}

/** The declared answers of the operations, and their validators. */
interface Declared {
  readonly responses: ReadonlyMap<string | undefined, ReadonlyMap<number, DeclaredResponse>>;
  readonly getValidator: GetValidator;
}

function declaredIn(document: OpenApiDocument, getValidatorOfIt: GetValidator): Declared {
  const operations = readOperations(document);
  return {
    responses: new Map(operations.map(({ operationId, responses }) => [operationId, responses])),
    getValidator: getValidatorOfIt,
  };
}

const declaredInContract = declaredIn(contract, getValidator);
let declaredLeniently: Declared | undefined;

/** Returns the violations in the answer of an exchange. Answers to URLs outside the contract are not judged. */
export function judge(exchange: Exchange): Violation[] {
  return judgeBy(declaredInContract, exchange);
}

/**
 * Like `judge`, for a server that need not follow the decisions of this contract: it may lack the parts that the contract marks
 * with `x-strict: absent`, such as entity tags.
 */
export function judgeLeniently(exchange: Exchange): Violation[] {
  if (declaredLeniently === undefined) {
    const lenient = lenientContract(contract);
    declaredLeniently = declaredIn(lenient, openValidators(lenient));
  }
  return judgeBy(declaredLeniently, exchange);
}

function judgeBy(declared: Declared, { operation: operationId, headers, answer, failure }: Exchange): Violation[] {
  if (answer === undefined) return [violation("answer", "", `There was no answer: ${failure}.`)];
  if (operationId === undefined) return [];
  const operation = getOperation(operationId);
  const response = declared.responses.get(operationId)?.get(answer.status);
  if (response === undefined) {
    const declared = [...operation.responses.keys()].join(", ");
    return [violation("declared status", "", `The status ${answer.status} is not declared. Declared are ${declared}.`)];
  }
  return [
    ...headerViolations(response, answer, declared),
    ...echoViolations(headers["client-request-id"], answer),
    ...bodyViolations(response, answer, declared),
    ...entityTagViolations(answer),
    ...errorViolations(operation, answer),
  ];
}

export function violation(rule: Rule, path: string, message: string): Violation {
  return { rule, path, message };
}

function headerViolations({ headers }: DeclaredResponse, answer: Answer, declared: Declared): Violation[] {
  return Object.entries(headers).flatMap(([name, { required, schema }]) => {
    const value = answer.headers[name.toLowerCase()];
    const path = `headers/${name.toLowerCase()}`;
    if (value === undefined) return required ? [violation("header", path, `The header ${name} is missing.`)] : [];
    return schemaViolations("header", path, declared.getValidator(schema), value);
  });
}

/** The contract: "As the caller sent it if it is at most 128 visible ASCII characters, else the `request-id` again." */
function echoViolations(sent: string | undefined, { headers }: Answer): Violation[] {
  const got = headers["client-request-id"];
  const wanted = sent !== undefined && /^[\x21-\x7e]{1,128}$/.test(sent) ? sent : headers["request-id"];
  if (got === undefined || got === wanted) return [];
  return [
    violation(
      "client-request-id",
      "headers/client-request-id",
      `The value is '${short(got)}'; it must be '${wanted}'.`,
    ),
  ];
}

function bodyViolations(
  { content }: DeclaredResponse,
  { headers, text, body }: Answer,
  { getValidator: validatorOf }: Declared,
): Violation[] {
  if (content === undefined) {
    return text === ""
      ? []
      : [violation("body", "body", `The answer must have no body; it begins with '${short(text)}'.`)];
  }
  const type = headers["content-type"];
  const [[declaredType, { schema }] = ["", { schema: {} }]] = Object.entries(content);
  if (type === undefined || mediaType(type) !== declaredType) {
    return [
      violation(
        "content type",
        "headers/content-type",
        `The media type must be ${declaredType}; it is ${type ?? "missing"}.`,
      ),
    ];
  }
  if (isJson(type) && body === text) return [violation("body", "body", `The body is not JSON: '${short(text)}'.`)];
  return schemaViolations("body", "body", validatorOf(schema), body);
}

function schemaViolations(rule: Rule, path: string, validate: ValidateFunction, value: unknown): Violation[] {
  if (validate(value)) return [];
  // Each branch of a `oneOf` reports an error. The error with the deepest location is the most helpful.
  const errors = [...(validate.errors ?? [])].sort((a, b) => b.instancePath.length - a.instancePath.length);
  const [{ instancePath = "", message = "is not valid", params = {} } = {}] = errors;
  const what = params["additionalProperty"] ?? params["allowedValue"] ?? params["allowedValues"];
  const detail = what === undefined ? "" : ` (${JSON.stringify(what)})`;
  return [violation(rule, `${path}${instancePath}`, `${path}${instancePath} ${message}${detail}.`)];
}

/** The contract about `ETag`: "equal to its `@odata.etag`". */
function entityTagViolations({ headers, body }: Answer): Violation[] {
  const [header, member] = [headers["etag"], Object(body)["@odata.etag"]];
  if (header === undefined || member === undefined || header === member) return [];
  return [
    violation("entity tag", "headers/etag", `ETag is ${short(header)}, but @odata.etag is ${short(String(member))}.`),
  ];
}

function errorViolations(operation: Operation, { status, headers, body }: Answer): Violation[] {
  const error = Object(body).error;
  if (status < 400 || typeof error !== "object" || error === null) return [];
  const wanted = operation.isRefused && error.code === noRoute ? noRoute : exampleErrorCode(operation, status);
  const id = error.innerError?.["request-id"];
  return [
    ...(wanted !== undefined && error.code !== undefined && error.code !== wanted
      ? [
          violation(
            "error code",
            "body/error/code",
            `The error code of ${status} must be ${wanted}; it is '${short(String(error.code))}'.`,
          ),
        ]
      : []),
    ...(id !== undefined && headers["request-id"] !== undefined && id !== headers["request-id"]
      ? [violation("error ids", "body/error/innerError/request-id", "The value differs from the header request-id.")]
      : []),
  ];
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
