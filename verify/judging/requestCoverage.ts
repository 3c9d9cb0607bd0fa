/**
 * Coverage of parameters, response headers, and the properties and enumeration members of request bodies. Parameters and
 * bodies count only if the answer has a 2xx status.
 */
import { operations, resolveReference } from "../server/contract.ts";
import { type Exchange, parseJson } from "../server/exchange.ts";
import { getValidator } from "./validators.ts";

interface SchemaNode {
  readonly $ref?: string;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

/**
 * Returns all properties, enumeration members, parameters and headers that the contract declares. Examples:
 * `property profileCreate.platform`, `member devicePlatformType = iOS`, `parameter listProfiles.$top`, `header etag`.
 */
export function declaredPoints(): ReadonlySet<string> {
  const points = new Set<string>();
  for (const { operationId, parameters, bodySchema, responses } of operations.values()) {
    for (const { name, in: place } of parameters) if (place !== "path") points.add(`parameter ${operationId}.${name}`);
    for (const { headers } of responses.values())
      for (const name of Object.keys(headers)) points.add(headerPoint(name));
    if (bodySchema) declareSchema(bodySchema, operationId, points, new Set());
  }
  return points;
}

function headerPoint(name: string): string {
  return `header ${name.toLowerCase()}`;
}

function declareSchema(schema: SchemaNode, owner: string, points: Set<string>, known: Set<string>): void {
  const name = schemaName(schema) ?? owner;
  if (known.has(name) && schema.$ref !== undefined) return;
  known.add(name);
  const { oneOf = [], items, properties = {}, enum: members = [] } = resolveReference(schema);
  for (const member of members) points.add(`member ${name} = ${member}`);
  for (const [property, of] of Object.entries(properties)) {
    points.add(`property ${name}.${property}`);
    declareSchema(of, `${name}.${property}`, points, known);
  }
  for (const one of oneOf) declareSchema(one, name, points, known);
  if (items) declareSchema(items, name, points, known);
}

function schemaName({ $ref }: SchemaNode): string | undefined {
  return $ref?.split("/").at(-1);
}

/** Records the properties, enumeration members, parameters and headers in an exchange. */
export function recordPoints(
  { operation: operationId, url, headers, sent, answer }: Exchange,
  seen: Set<string>,
): void {
  if (operationId === undefined || answer === undefined) return;
  const operation = operations.get(operationId);
  for (const name of Object.keys(answer.headers)) seen.add(headerPoint(name));
  if (operation === undefined || answer.status >= 400) return;
  const query = new URL(url).searchParams;
  for (const { name, in: place } of operation.parameters) {
    const isThere = place === "query" ? query.has(name) : name.toLowerCase() in headers;
    if (isThere) seen.add(`parameter ${operationId}.${name}`);
  }
  if (operation.bodySchema && sent) recordSchema(operation.bodySchema, operationId, parseJson(sent), seen);
}

function recordSchema(schema: SchemaNode, owner: string, value: unknown, seen: Set<string>): void {
  const name = schemaName(schema) ?? owner;
  const { oneOf, items, properties = {}, enum: members } = resolveReference(schema);
  if (members) seen.add(`member ${name} = ${value}`);
  const branch = oneOf?.find((one) => getValidator(one)(value));
  if (branch) recordSchema(branch, name, value, seen);
  if (items && Array.isArray(value)) for (const item of value) recordSchema(items, name, item, seen);
  for (const [property, member] of Object.entries(Object(value))) {
    const of = Object.hasOwn(properties, property) ? properties[property] : undefined;
    if (of === undefined) continue;
    seen.add(`property ${name}.${property}`);
    recordSchema(of, `${name}.${property}`, member, seen);
  }
}
