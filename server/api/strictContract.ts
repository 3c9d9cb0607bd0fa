/** The switch for fidelity: the contract without what it allows beyond the real service, which is marked by `x-strict`. */
import type { ContractDocument } from "./operations.ts";

/** A copy in which marked schemas are no alternatives any more, and marked operations are refused (`x-refused`). */
export function strictly(document: ContractDocument): ContractDocument {
  const refused = new Set(
    Object.entries(document.components.schemas)
      .filter(([, schema]) => "x-strict" in schema)
      .map(([name]) => `#/components/schemas/${name}`),
  );
  return JSON.parse(JSON.stringify(document), (name, value: unknown) => {
    if (name === "oneOf" && Array.isArray(value)) return value.filter(({ $ref }) => !refused.has($ref));
    if (name === "mapping")
      return Object.fromEntries(Object.entries(Object(value)).filter(([, to]) => !refused.has(String(to))));
    if (typeof value !== "object" || value === null || !("operationId" in value) || !("x-strict" in value))
      return value;
    return { ...value, "x-refused": value["x-strict"] };
  });
}
