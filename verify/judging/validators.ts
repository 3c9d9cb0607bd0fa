/** Compiles the schemas of a contract. */
import type { ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { OpenApiDocument } from "../../contract/document.ts";
import { openAjv, rebase } from "../../contract/schemas.ts";
import contract from "../../generated/openapi.json" with { type: "json" };

export type GetValidator = (schema: object) => ValidateFunction;

/** Returns a function that returns the validator of a schema in the document. A validator is compiled on first use. */
export function openValidators({ components }: OpenApiDocument): GetValidator {
  // Ajv checks formats but ignores `discriminator`, which is only a hint for code generators.
  const ajv = openAjv(components.schemas, { allErrors: true, formats: { int32: true } });
  addFormats.default(ajv);
  const compiled = new Map<object, ValidateFunction>();
  return (schema) => {
    const known = compiled.get(schema);
    if (known) return known;
    const validate = ajv.compile(rebase(schema));
    compiled.set(schema, validate);
    return validate;
  };
}

/** Returns the validator of a schema in openapi.yaml. */
export const getValidator = openValidators(contract);
