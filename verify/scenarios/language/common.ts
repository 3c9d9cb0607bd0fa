/**
 * Scenarios that are shared by every operation that declares the status. Each is played with the operation's default
 * request, and overrides only the properties that are given here.
 */
import type { CommonStatus, Scenario } from "./scenario.ts";

export const common: { readonly [S in CommonStatus]: readonly Scenario[] } = {
  401: [
    { title: "requires a token", caller: "anonymous" },
    { title: "refuses a token that is not a JWT", caller: "nonsense" },
  ],
  403: [{ title: "refuses a token without the required permissions", caller: "powerless" }],
  413: [{ title: "refuses a body of 2 MiB", bytes: 2_097_152 }],
  415: [{ title: "refuses a body whose media type is not JSON", headers: { "content-type": "text/plain" } }],
  429: [{ title: "returns Retry-After if the client has sent too many requests", provoked: true }],
  500: [{ title: "returns a Graph error if the server has an internal error", provoked: true }],
  503: [{ title: "returns Retry-After if the server is unavailable", provoked: true }],
};
