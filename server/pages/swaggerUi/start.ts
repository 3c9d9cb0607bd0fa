/** Starts Swagger UI on its page. Runs in the browser. */
import { makeAccessible } from "./accessibility.ts";
import { authorizeWithOneClick } from "./authorization.ts";
import { fillInKnownIds } from "./knownIds.ts";

/** The global function of swagger-ui-bundle.js. */
declare const SwaggerUIBundle: (configuration: object) => unknown;

export interface SwaggerUiSettings {
  /** Where *Authorize* requests a token; undefined: a person has to paste one. */
  readonly tokenUrl: string | undefined;
}

export function startSwaggerUi({ tokenUrl }: SwaggerUiSettings): void {
  SwaggerUIBundle({
    dom_id: "#swagger-ui",
    url: "/docs/json",
    // By default Swagger UI sends the contract's address to a validator on the web.
    validatorUrl: null,
    // Without the top bar, which only loads another contract.
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

/** Sorts operations that create first and those that delete last. The others keep the contract's order. */
export function compareOperations(a: unknown, b: unknown): number {
  return sortRank(a) - sortRank(b);
}

/** @param entry a map of Immutable.js with `method` and `operation`. */
export function sortRank(entry: unknown): number {
  if (Object(entry).get("method") === "delete") return 2;
  return Object(entry).getIn(["operation", "responses", "201"]) ? 0 : 1;
}
