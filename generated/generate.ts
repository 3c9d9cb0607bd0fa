/**
 * Derives the files of this folder from openapi.yaml and from server/control/control.yaml. `npm run generate` writes
 * them; with `--check` nothing is written, and the command fails if a file differs from what it would write.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundle, createConfig } from "@redocly/openapi-core";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";
import { dereference } from "../contract/references.ts";
import { named } from "./named.ts";
import { withEitherRequired } from "./required.ts";

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

interface Content {
  readonly "application/json"?: { readonly schema?: Schema };
  readonly "application/xml"?: object;
}
interface ResponseObject {
  readonly content?: Content;
}
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly responses: Readonly<Record<string, ResponseObject>>;
}
interface Contract {
  readonly paths: Readonly<Record<string, Partial<Record<(typeof methods)[number], Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}
interface Schema {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, object>>;
}

/**
 * Returns the kind of an operation's successful response body. It tells the client how to read the body and whether
 * there are pages. The first 2xx response is used.
 */
function bodyKindOf(operation: Operation, contract: Contract): "json" | "collection" | "xml" | "text" | "none" {
  const [, success] = Object.entries(operation.responses).find(([status]) => status.startsWith("2")) ?? [];
  const content = success && dereference(contract, success).content;
  if (content === undefined) return "none";
  const json = content["application/json"];
  if (json === undefined) return "application/xml" in content ? "xml" : "text";
  const { properties = {} } = json.schema ? dereference(contract, json.schema) : {};
  return "value" in properties && "@odata.nextLink" in properties ? "collection" : "json";
}

function docComment(operation: Operation): string {
  const lines = [operation.summary ?? "", "", ...(operation.description ?? "").trimEnd().split("\n")];
  return ["  /**", ...lines.map((line) => `   * ${line}`.trimEnd()), "   */"].join("\n");
}

/** Generates the module with each operation's method, path and kind of body, which the client needs at run time. */
function operationsModule(contract: Contract): string {
  const entries = Object.entries(contract.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      if (operation.operationId === undefined) {
        throw new Error(
          `${method.toUpperCase()} ${path} has no operationId: without one it would be missing from the generated types.`,
        );
      }
      const route = `{ method: "${method}", path: ${JSON.stringify(path)}, body: "${bodyKindOf(operation, contract)}" }`;
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

/** Generates the module with the members of each enumeration, in the order of the contract. */
function enumsModule({ components }: Contract): string {
  const entries = Object.entries(components.schemas).flatMap(([name, { type, enum: members }]) =>
    type === "string" && members ? [`  ${name}: ${JSON.stringify(members)},`] : [],
  );
  return [
    "// Made from openapi.yaml by `npm run generate`; do not edit.",
    "",
    "/** The members of each enumeration, in the contract's order. In Graph's enumerations the index of a member is its value. */",
    `export const enumMembers = {\n${entries.join("\n")}\n} as const;`,
    "",
  ].join("\n");
}

/**
 * @param root the folder that contains openapi.yaml and server/control/control.yaml. @returns the texts by file name.
 */
export async function deriveFiles(root: URL): Promise<Readonly<Record<string, string>>> {
  const yaml = new URL("openapi.yaml", root);
  const control = new URL("server/control/control.yaml", root);
  const contract: Contract = parse(readFileSync(yaml, "utf8"));
  // control.yaml refers to schemas in openapi.yaml, so both are bundled into one document.
  const { bundle: bundled } = await bundle({ ref: fileURLToPath(control), config: await createConfig({}) });
  return {
    "api.d.ts": astToString([...named(withEitherRequired(await openapiTS(yaml), contract.components.schemas))]),
    "openapi.json": `${JSON.stringify(contract, null, 2)}\n`,
    "operations.ts": operationsModule(contract),
    "enums.ts": enumsModule(contract),
    "control.d.ts": astToString([...named(await openapiTS(control))]),
    "control.json": `${JSON.stringify(bundled.parsed, null, 2)}\n`,
  };
}

if (import.meta.main) {
  const check = process.argv.includes("--check");
  const files = await deriveFiles(new URL("../", import.meta.url));
  for (const [name, text] of Object.entries(files)) {
    const file = new URL(name, import.meta.url);
    if (!check) {
      writeFileSync(file, text);
    } else if (readFileSync(file, "utf8") !== text) {
      console.error(`generated/${name} is out of date: run \`npm run generate\` and commit the result.`);
      process.exitCode = 1;
    }
  }
}
