/** Finds the methods that a path supports: for the header `Allow`, and to distinguish 405 from 404. */
import type { Operation } from "./operations.ts";

/**
 * Whether a path parameter cannot be an id, because it is empty or starts with `$`. A `DELETE …Profiles/` that lacks its id,
 * and `PATCH …/$count`, must not be treated as operations on an entity.
 */
export function cannotBeId(parameter: unknown): boolean {
  return parameter === "" || (typeof parameter === "string" && parameter.startsWith("$"));
}

/**
 * @param root the path of the service root.
 * @returns the value of the header `Allow`, or undefined if the contract does not have the path.
 */
export function allowedAt(path: string, root: string, operations: readonly Operation[]): string | undefined {
  const segments = path.split("/");
  const methods = operations
    .filter((operation) => matchesTemplate(root + operation.path, segments))
    .map(({ method }) => method);
  if (methods.length === 0) return undefined;
  // Fastify also answers HEAD for every GET route.
  return [...methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])), "OPTIONS"].join(", ");
}

function matchesTemplate(template: string, segments: readonly string[]): boolean {
  const parts = template.split("/");
  return parts.length === segments.length && matchedLength(parts, segments) === segments.length;
}

/**
 * Returns the number of segments at the beginning of a path that match those of a template. They are compared like the router
 * does: `%24` in a path does not match a `$` in a template.
 */
export function matchedLength(template: readonly string[], segments: readonly string[]): number {
  const differs = segments.findIndex((segment, index) => {
    const part = template[index];
    if (part === undefined) return true;
    return part.startsWith("{") ? cannotBeId(decodeURIComponent(segment)) : part !== decodeURI(segment);
  });
  return differs === -1 ? segments.length : differs;
}
