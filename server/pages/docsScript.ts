/** The script of the page at /docs. */
import * as accessibility from "./swaggerUi/accessibility.ts";
import * as authorization from "./swaggerUi/authorization.ts";
import * as knownIds from "./swaggerUi/knownIds.ts";
import * as start from "./swaggerUi/start.ts";

/**
 * The source text of every function in `swaggerUi/`, and a call of `startSwaggerUi`. So the same modules work as TypeScript
 * sources and built. Each must export all of its functions, because only exports reach the browser.
 */
export function docsScript(settings: start.SwaggerUiSettings): string {
  const functions = [accessibility, authorization, knownIds, start].flatMap((module) => Object.values(module));
  return [...functions.map(String), `startSwaggerUi(${JSON.stringify(settings)});`, ""].join("\n\n");
}
