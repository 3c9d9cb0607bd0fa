/** Starts Swagger UI on the page at /docs. Runs in the browser. */
import { makeAccessible } from "./accessibility.ts";
import { authorizeWithOneClick } from "./authorization.ts";
import { fillInKnownIds } from "./knownIds.ts";

/** The global function that swagger-ui-bundle.js defines. */
declare const SwaggerUIBundle: (configuration: object) => unknown;

export interface SwaggerUiSettings {
  /** The URL from which *Authorize* requests a token. Undefined: the user has to paste a token. */
  readonly tokenUrl: string | undefined;
}

export function startSwaggerUi({ tokenUrl }: SwaggerUiSettings): void {
  SwaggerUIBundle({
    dom_id: "#swagger-ui",
    url: "/docs/json",
    // By default, Swagger UI sends the contract's URL to an online validator.
    validatorUrl: null,
    // BaseLayout has no top bar. The top bar is only useful for loading another contract.
    layout: "BaseLayout",
    deepLinking: true,
    displayRequestDuration: true,
    persistAuthorization: true,
    tryItOutEnabled: true,
    defaultModelsExpandDepth: 0,
    operationsSorter: compareOperations,
    plugins: [
      fillInKnownIds,
      makeAccessible,
      ...(tokenUrl === undefined ? [] : [() => authorizeWithOneClick(tokenUrl)]),
    ],
  });
}

/**
 * Sorts operations that create entities first and operations that delete entities last. The others keep the contract's
 * order.
 */
export function compareOperations(a: unknown, b: unknown): number {
  return sortRank(a) - sortRank(b);
}

/** Returns an operation's sort rank. @param entry an Immutable.js map with `method` and `operation`. */
export function sortRank(entry: unknown): number {
  if (Object(entry).get("method") === "delete") return 2;
  return Object(entry).getIn(["operation", "responses", "201"]) ? 0 : 1;
}
