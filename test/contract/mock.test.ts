/**
 * Calls every operation with the typed client and Prism's mock server. Every declared answer must arrive as the client's types
 * describe it. Operations, statuses, parameters and bodies are read from the contract, so new ones are tested without changes here.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { type Answer, createClient, GraphError, type OperationId } from "../../client/index.ts";
import { operationRoutes } from "../../generated/operations.ts";
import { type Prism, startPrism } from "../support/prism.ts";

interface Reference {
  readonly $ref?: string;
}
interface Example extends Reference {
  readonly value?: unknown;
}
interface Body {
  readonly content?: Readonly<Record<string, { readonly examples?: Readonly<Record<string, Example>> }>>;
}
interface Parameter extends Reference {
  readonly in?: string;
  readonly name?: string;
  readonly example?: unknown;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body & Reference>>;
}
type PathItem = Readonly<Record<string, Operation>> & { readonly parameters?: readonly Parameter[] };

const contract: { readonly paths: Readonly<Record<string, PathItem>> } = JSON.parse(
  readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"),
);

let prism: Prism;
before(async () => {
  prism = await startPrism("mock");
});
after(() => prism.close());

for (const [operationId, { method, path }] of Object.entries(operationRoutes)) {
  const item = contract.paths[path];
  const operation = item?.[method];
  assert.ok(operation, `${operationId} is not in the contract`);
  const parameters = [...(item?.parameters ?? []), ...(operation.parameters ?? [])].map(resolved);
  const pathParameters = Object.fromEntries(
    parameters.flatMap(({ in: place, name = "", example }) => (place === "path" ? [[name, example]] : [])),
  );
  const bodies = examplesOf(operation.requestBody ?? {});

  describe(operationId, () => {
    for (const [status, response] of Object.entries(operation.responses)) {
      const [promised] = examplesOf(resolved(response));
      for (const body of bodies.length === 0 ? [undefined] : bodies) {
        const kind = status.startsWith("2") ? "its data" : "a GraphError";
        const given = body === undefined ? "" : `, given the example ${body.name}`;
        test(`${operationId} resolves to ${kind} if the answer is ${status}${given}`, async () => {
          const input = { path: pathParameters, ...(body && { body: body.value }) };
          const answer = await call(operationId, Number(status), input);
          const violations = JSON.parse(answer.headers.get("sl-violations") ?? "[]");
          assert.deepEqual(
            violations,
            [],
            "Prism found violations in the client's request or in the contract's example",
          );
          assert.equal(answer.status, Number(status));
          assert.ok(answer.headers.get("request-id"));
          if (status.startsWith("2")) {
            assert.ok(answer.ok);
            assert.deepEqual(answer.data, promised?.value);
          } else if (status === "304") {
            assert.ok(!answer.ok && answer instanceof GraphError);
            assert.equal(answer.code, "NotModified");
            assert.equal(answer.body, undefined);
          } else {
            assert.ok(!answer.ok && answer instanceof GraphError);
            assert.deepEqual(answer.body, promised?.value);
            assert.ok(answer.body);
            assert.equal(answer.code, answer.body.error.code);
            assert.equal(answer.message, answer.body.error.message);
            assert.equal(answer.target, answer.body.error.target);
            assert.equal(answer.retryAfter, status === "429" || status === "503" ? 1 : undefined);
            assert.deepEqual(answer.details, answer.body.error.details ?? []);
          }
        });
      }
    }
  });
}

/** Calls an operation and makes the mock server answer with the given status. */
function call(operationId: string, status: number, input: object): Promise<Answer<OperationId>> {
  const client = createClient({ baseUrl: prism.url, token: "any", headers: { Prefer: `code=${status}` }, retries: 0 });
  const method: unknown = Reflect.get(client, operationId);
  assert.ok(typeof method === "function", `the client has no method ${operationId}`);
  return method(input);
}

/** Returns a body's examples in all media types, with their names. */
function examplesOf({ content = {} }: Body): { readonly name: string; readonly value: unknown }[] {
  return Object.values(content).flatMap(({ examples = {} }) =>
    Object.entries(examples).map(([name, example]) => ({ name, value: resolved(example).value })),
  );
}

function resolved<T extends Reference>(value: T): T {
  if (value.$ref === undefined) return value;
  return value.$ref
    .slice("#/".length)
    .split("/")
    .reduce((parent: unknown, name) => Reflect.get(Object(parent), name), contract) as T;
}
