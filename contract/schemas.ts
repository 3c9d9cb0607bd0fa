/** Loads the schemas of a contract into Ajv. OpenAPI 3.1 uses JSON Schema 2020-12. */
import { Ajv2020, type Options } from "ajv/dist/2020.js";

/** The id of the contract in Ajv. References in the schemas are rebased to this id. */
const id = "contract";

/** Changes one value of a schema while it is copied. @param name the name of the value in its parent. */
export type Adapt = (name: string, value: unknown) => unknown;

/** Copies a schema for Ajv, and rebases its references to the contract's id. */
export function rebase<Schema>(schema: Schema, adapt: Adapt = (_name, value) => value): Schema {
  return JSON.parse(JSON.stringify(schema), (name, value: unknown) =>
    name === "$ref" && typeof value === "string" && value.startsWith("#/") ? `${id}${value}` : adapt(name, value),
  );
}

/**
 * Creates an Ajv instance with the schemas of a contract. It ignores keywords that only OpenAPI has (`x-…`, `example`).
 */
export function openAjv(schemas: Readonly<Record<string, object>>, options: Options, adapt?: Adapt): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, ...options });
  return ajv.addSchema(rebase({ $id: id, components: { schemas } }, adapt));
}
