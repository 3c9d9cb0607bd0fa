/**
 * Scenarios of every operation that declares the status. Each is played with the default request of the operation, and overrides
 * only the parts that are given here.
 */
import type { CommonStatus, Scenario } from "./scenario.ts";

export const common: { readonly [S in CommonStatus]: readonly Scenario[] } = {
  401: [
    { title: "requires a token", caller: "anonymous" },
    { title: "refuses a token that is not a JWT", caller: "nonsense" },
  ],
  403: [{ title: "refuses a token without the permissions", caller: "powerless" }],
  413: [{ title: "refuses a body of 2 MiB", bytes: 2_097_152 }],
  415: [{ title: "refuses a body whose media type is not JSON", headers: { "content-type": "text/plain" } }],
  429: [{ title: "says when to try again after too many requests", provoked: true }],
  500: [{ title: "answers a bug of the server with a Graph error", provoked: true }],
  503: [{ title: "says when to try again if the server is unavailable", provoked: true }],
};
