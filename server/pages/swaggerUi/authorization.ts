/** Plugin for Swagger UI: *Authorize* gets a token of the development identity with one click. Runs in the browser. */
import type { Action, System } from "./system.ts";

/**
 * If Swagger UI has no valid token, a click requests one. If it has a valid token, or if the request fails, the click opens
 * Swagger UI's own dialog, in which the user can log out or paste another token.
 */
export function authorizeWithOneClick(tokenUrl: string): object {
  const showDefinitions = (original: Action<[unknown]>, system: System) => async (definitions: unknown) => {
    const current = system.authSelectors.authorized()?.getIn(["bearer", "value"]);
    // Swagger UI calls this action without definitions to close the dialog.
    if (!definitions || (typeof current === "string" && !isExpired(current))) return original(definitions);
    const value = await requestToken(tokenUrl).catch(() => undefined);
    if (value === undefined) return original(definitions);
    const bearer = { name: "bearer", schema: { type: "http", scheme: "bearer" }, value };
    return system.authActions.authorizeWithPersistOption({ bearer });
  };
  return { statePlugins: { auth: { wrapActions: { showDefinitions } } } };
}

/** Whether a JWT has expired. @returns false for a token that cannot be decoded: only the service can refuse it. */
export function isExpired(token: string): boolean {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    return !(JSON.parse(atob(payload)).exp * 1000 > Date.now());
  } catch {
    return false;
  }
}

/** Requests a token from the token endpoint. @returns undefined if the response does not contain a token. */
export async function requestToken(url: string): Promise<unknown> {
  const form = { grant_type: "client_credentials", client_id: "swagger-ui", client_secret: "any", scope: ".default" };
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
  return Object(await response.json()).access_token;
}
