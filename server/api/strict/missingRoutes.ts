/** The answers of strict mode to requests that do not match a route. */
import type { FastifyRequest } from "fastify";
import { short } from "../../domain/errors.ts";
import { noRoute } from "../../http/errors.ts";
import { matchedLength } from "../allowedMethods.ts";
import type { MountedRoutes } from "../answerForm.ts";
import { frontEnd, IntuneError } from "./intuneErrors.ts";

/**
 * Returns the 400 that Intune answers if a segment of the path does not exist, or if the path does not have a route for the
 * method. The recorded messages of these errors are sentences and not JSON.
 * @returns undefined for a path that Microsoft Graph answers itself, such as `/$batch`.
 */
export function strictMissingRoute(
  { method, url }: FastifyRequest,
  { rootPath, operations }: MountedRoutes,
): IntuneError | undefined {
  const path = url.slice(rootPath.length).split("?", 1)[0] ?? "";
  const segments = path.split("/").slice(1);
  const matches = operations.map((operation) => {
    const template = operation.path.split("/").slice(1);
    return { template, length: matchedLength(template, segments) };
  });
  const longest = Math.max(...matches.map(({ length }) => length));
  const [unknown] = segments.slice(longest);
  if (unknown !== undefined) {
    return new IntuneError(400, `Resource not found for the segment '${short(decodeURIComponent(unknown))}'.`);
  }
  if (segments[0] !== "deviceManagement") return undefined;
  const template = matches.find(({ length }) => length === longest)?.template ?? [];
  const kinds = template.slice(0, segments.length).map(kindOf);
  const message = `No OData route exists that match template ~/${kinds.join("/")} with http verb ${method} for request ${frontEnd}${path.slice(0, 512).toWellFormed()}.`;
  return new IntuneError(400, message, { code: noRoute });
}

/** Returns the kind of a segment, as OData names it. */
function kindOf(segment: string, index: number): string {
  if (index === 0) return "singleton";
  if (segment.startsWith("{")) return "key";
  if (segment === "setPriority") return "action";
  return segment.startsWith("$") ? segment : "navigation";
}
