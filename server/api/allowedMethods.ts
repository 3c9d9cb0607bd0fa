/** Which verbs do something at a path: for `Allow`, and to tell a 405 from a 404. */
import type { Operation } from "./operations.ts";

/**
 * An empty path segment, or one that begins with `$`: `DELETE …Profiles/` with a forgotten id and `PATCH …/$count` must
 * not be taken for an operation on an entity.
 */
export function isNoId(parameter: unknown): boolean {
  return parameter === "" || (typeof parameter === "string" && parameter.startsWith("$"));
}

/** @returns the verbs as `Allow` has them, or undefined if the path is none of the contract's. @param root the service root's. */
export function allowedAt(path: string, root: string, operations: readonly Operation[]): string | undefined {
  const segments = path.split("/");
  const found = operations
    .filter((operation) => !operation.isRefused && names(root + operation.path, segments))
    .map(({ method }) => method);
  if (found.length === 0) return undefined;
  // Fastify answers HEAD wherever it answers GET.
  return [...found.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])), "OPTIONS"].join(", ");
}

/** Whether a path template names the path, segment by segment, as the router would compare them: an encoded `$` is none. */
function names(template: string, segments: readonly string[]): boolean {
  const parts = template.split("/");
  const isNamed = (segment: string, part = "") =>
    part.startsWith("{") ? !isNoId(decodeURIComponent(segment)) : part === decodeURI(segment);
  return parts.length === segments.length && segments.every((segment, index) => isNamed(segment, parts[index]));
}
