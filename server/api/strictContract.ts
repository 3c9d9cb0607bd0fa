/**
 * The contract for the setting STRICT: without the extensions that the real service lacks, which are marked with `x-strict`.
 */
import type { ContractDocument } from "./operations.ts";

/** Copies the contract, removes marked schemas from `oneOf`, and marks operations with `x-strict` as refused (`x-refused`). */
export function strictly(document: ContractDocument): ContractDocument {
  const removed = new Set(
    Object.entries(document.components.schemas)
      .filter(([, schema]) => "x-strict" in schema)
      .map(([name]) => `#/components/schemas/${name}`),
  );
  return JSON.parse(JSON.stringify(document), (name, value: unknown) => {
    if (name === "oneOf" && Array.isArray(value)) return value.filter(({ $ref }) => !removed.has($ref));
    if (name === "mapping") {
      return Object.fromEntries(Object.entries(Object(value)).filter(([, to]) => !removed.has(String(to))));
    }
    const isOperation = typeof value === "object" && value !== null && "operationId" in value;
    return isOperation && "x-strict" in value ? { ...value, "x-refused": value["x-strict"] } : value;
  });
}
