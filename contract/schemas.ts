/** The schemas of a contract in Ajv: JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
import { Ajv2020, type Options } from "ajv/dist/2020.js";

/** The id under which Ajv knows the contract. References in its schemas are rebased to it. */
const id = "contract";

/** Changes one value of a schema while it is copied. @param name the name of the value in its parent. */
export type Adapt = (name: string, value: unknown) => unknown;

/** A copy of a schema for Ajv, whose references start at the contract. */
export function rebase<Schema>(schema: Schema, adapt: Adapt = (_name, value) => value): Schema {
  return JSON.parse(JSON.stringify(schema), (name, value: unknown) =>
    name === "$ref" && typeof value === "string" && value.startsWith("#/") ? `${id}${value}` : adapt(name, value),
  );
}

/** An Ajv that knows the schemas of a contract. Keywords that only the contract uses (`x-…`, `example`) are ignored. */
export function openAjv(schemas: Readonly<Record<string, object>>, options: Options, adapt?: Adapt): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, ...options });
  return ajv.addSchema(rebase({ $id: id, components: { schemas } }, adapt));
}
