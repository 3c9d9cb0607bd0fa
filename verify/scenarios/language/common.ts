/**
 * What every operation that declares the status answers for the same reasons. Each is played with the operation's own
 * request, of which it changes what stands here.
 */
import type { CommonStatus, Scenario } from "./scenario.ts";

export const common: { readonly [S in CommonStatus]: readonly Scenario[] } = {
  401: [
    { title: "asks who has no token for one", caller: "nobody" },
    { title: "refuses a token that is none", caller: "nonsense" },
  ],
  403: [{ title: "refuses a token without the permissions", caller: "powerless" }],
  413: [{ title: "refuses a body of 2 MiB", bytes: 2_097_152 }],
  415: [{ title: "refuses a body that is no JSON by its media type", headers: { "content-type": "text/plain" } }],
  429: [{ title: "tells who has asked too often when to come back", provoked: true }],
  500: [{ title: "has a Graph error for a fault of its own", provoked: true }],
  503: [{ title: "tells when to come back if it can't answer now", provoked: true }],
};
