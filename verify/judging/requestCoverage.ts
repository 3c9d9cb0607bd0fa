/**
 * What of the requests and answers that the contract describes was seen: properties and enumerations' members of request
 * bodies, parameters, headers of answers. Only what was answered with a success counts as taken.
 */
import { operations, resolved } from "../server/contract.ts";
import { type Exchange, parsedJson } from "../server/exchange.ts";
import { validatorOf } from "./judge.ts";

interface Schema {
  readonly $ref?: string;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/**
 * Every point of the contract, as a text: `property profileCreate.platform`, `member devicePlatformType = iOS`,
 * `parameter listProfiles.$top`, `header etag`.
 */
export function declaredPoints(): ReadonlySet<string> {
  const points = new Set<string>();
  for (const { operationId, parameters, bodySchema, responses } of operations.values()) {
    for (const { name, in: place } of parameters) if (place !== "path") points.add(`parameter ${operationId}.${name}`);
    for (const { headers } of responses.values())
      for (const name of Object.keys(headers)) points.add(headerPoint(name));
    if (bodySchema) declare(bodySchema, operationId, points, new Set());
  }
  return points;
}

function headerPoint(name: string): string {
  return `header ${name.toLowerCase()}`;
}

function declare(schema: Schema, owner: string, points: Set<string>, known: Set<string>): void {
  const name = nameOf(schema) ?? owner;
  if (known.has(name) && schema.$ref !== undefined) return;
  known.add(name);
  const { oneOf = [], items, properties = {}, enum: members = [] } = resolved(schema);
  for (const member of members) points.add(`member ${name} = ${member}`);
  for (const [property, of] of Object.entries(properties)) {
    points.add(`property ${name}.${property}`);
    declare(of, `${name}.${property}`, points, known);
  }
  for (const one of oneOf) declare(one, name, points, known);
  if (items) declare(items, name, points, known);
}

function nameOf({ $ref }: Schema): string | undefined {
  return $ref?.split("/").at(-1);
}

/** Adds what an exchange shows. */
export function enterPoints({ operation: operationId, url, headers, sent, answer }: Exchange, seen: Set<string>): void {
  if (operationId === undefined || answer === undefined) return;
  const operation = operations.get(operationId);
  for (const name of Object.keys(answer.headers)) seen.add(headerPoint(name));
  if (operation === undefined || answer.status >= 400) return;
  const query = new URL(url).searchParams;
  for (const { name, in: place } of operation.parameters) {
    const isThere = place === "query" ? query.has(name) : name.toLowerCase() in headers;
    if (isThere) seen.add(`parameter ${operationId}.${name}`);
  }
  if (operation.bodySchema && sent) walk(operation.bodySchema, operationId, parsedJson(sent), seen);
}

function walk(schema: Schema, owner: string, value: unknown, seen: Set<string>): void {
  const name = nameOf(schema) ?? owner;
  const { oneOf, items, properties = {}, enum: members } = resolved(schema);
  if (members) seen.add(`member ${name} = ${value}`);
  const branch = oneOf?.find((one) => validatorOf(one)(value));
  if (branch) walk(branch, name, value, seen);
  if (items && Array.isArray(value)) for (const item of value) walk(items, name, item, seen);
  for (const [property, member] of Object.entries(Object(value))) {
    const of = Object.hasOwn(properties, property) ? properties[property] : undefined;
    if (of === undefined) continue;
    seen.add(`property ${name}.${property}`);
    walk(of, `${name}.${property}`, member, seen);
  }
}
