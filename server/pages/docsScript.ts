/** Generates the script of the page at /docs. */
import * as accessibility from "./swaggerUi/accessibility.ts";
import * as authorization from "./swaggerUi/authorization.ts";
import * as knownIds from "./swaggerUi/knownIds.ts";
import * as start from "./swaggerUi/start.ts";

/**
 * Returns the source text of every function in `swaggerUi/`, and a call to `startSwaggerUi`. The functions are taken from
 * the loaded modules, so this works both with TypeScript sources and after a build. A module in `swaggerUi/` must export all
 * of its functions, because only exported functions reach the browser.
 */
export function docsScript(settings: start.SwaggerUiSettings): string {
  const functions = [accessibility, authorization, knownIds, start].flatMap((module) => Object.values(module));
  return [...functions.map(String), `startSwaggerUi(${JSON.stringify(settings)});`, ""].join("\n\n");
}
