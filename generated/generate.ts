/**
 * Derives everything in this folder from openapi.yaml, and from server/control/control.yaml what is called so. Run by `npm run generate`; with `--check` it writes nothing and
 * fails when a file is not what it would write.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundle, createConfig } from "@redocly/openapi-core";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";
import { named } from "./named.ts";

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

interface Content {
  readonly "application/json"?: { readonly schema?: { readonly $ref?: string } };
  readonly "application/xml"?: object;
}
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: Content }>>;
}
interface Contract {
  readonly paths: Readonly<Record<string, Partial<Record<(typeof methods)[number], Operation>>>>;
  readonly components: {
    readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
    readonly schemas: Readonly<Record<string, { readonly properties?: Readonly<Record<string, object>> }>>;
  };
}

const yaml = new URL("../openapi.yaml", import.meta.url);
const contract: Contract = parse(readFileSync(yaml, "utf8"));

/** The kind of a successful body: how the client reads it, and whether it has pages. Decided by the first 2xx response. */
function bodyKindOf(operation: Operation): "json" | "collection" | "xml" | "text" | "none" {
  const [, success] = Object.entries(operation.responses).find(([status]) => status.startsWith("2")) ?? [];
  const content =
    success?.$ref === undefined ? success?.content : contract.components.responses[nameIn(success.$ref)]?.content;
  if (content === undefined) return "none";
  const json = content["application/json"];
  if (json === undefined) return "application/xml" in content ? "xml" : "text";
  const { properties = {} } = contract.components.schemas[nameIn(json.schema?.$ref ?? "")] ?? {};
  return "value" in properties && "@odata.nextLink" in properties ? "collection" : "json";
}

/** The name of the component that a `$ref` points to. */
function nameIn(ref: string): string {
  return ref.split("/").at(-1) ?? "";
}

function docComment(operation: Operation): string {
  const lines = [operation.summary ?? "", "", ...(operation.description ?? "").trimEnd().split("\n")];
  return ["  /**", ...lines.map((line) => `   * ${line}`.trimEnd()), "   */"].join("\n");
}

/** operationId → method, path and kind of body: the one thing the client needs of the contract at run time. */
function operationsModule(): string {
  const entries = Object.entries(contract.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      if (operation.operationId === undefined) {
        throw new Error(
          `${method.toUpperCase()} ${path} has no operationId: without one it would vanish from the generated types.`,
        );
      }
      const route = `{ method: "${method}", path: ${JSON.stringify(path)}, body: "${bodyKindOf(operation)}" }`;
      return [`${docComment(operation)}\n  ${operation.operationId}: ${route},`];
    }),
  );
  return [
    "// Made from openapi.yaml by `npm run generate`; do not edit.",
    "",
    "/** Each operation of the contract: its method, its path template and the kind of its successful body. */",
    `export const operationRoutes = {\n${entries.join("\n")}\n} as const;`,
    "",
  ].join("\n");
}

const control = new URL("../server/control/control.yaml", import.meta.url);

/** The second contract in one piece: it borrows from the first. */
async function controlDocument(): Promise<unknown> {
  const { bundle: whole } = await bundle({ ref: fileURLToPath(control), config: await createConfig({}) });
  return whole.parsed;
}

const outputs = {
  "api.d.ts": astToString([...named(await openapiTS(yaml))]),
  "openapi.json": `${JSON.stringify(contract, null, 2)}\n`,
  "operations.ts": operationsModule(),
  "control.d.ts": astToString([...named(await openapiTS(control))]),
  "control.json": `${JSON.stringify(await controlDocument(), null, 2)}\n`,
};

const check = process.argv.includes("--check");
for (const [name, text] of Object.entries(outputs)) {
  const file = new URL(name, import.meta.url);
  if (!check) {
    writeFileSync(file, text);
  } else if (readFileSync(file, "utf8") !== text) {
    console.error(`generated/${name} is not what its contract says: run \`npm run generate\` and commit the result.`);
    process.exitCode = 1;
  }
}
