/** Gets tokens from the development identity, and injects faults through the controls. Other servers have neither. */
import { randomUUID } from "node:crypto";
import type { Caller } from "../scenarios/language/scenario.ts";
import { untilAnswered } from "./pending.ts";
import type { Provoke } from "./target.ts";

export type Tokens = Readonly<Partial<Record<Caller, string>>>;
type Fetch = (request: Request) => Promise<Response>;

const resource = "https://graph.microsoft.com";

/** The scope that is requested for each caller from the development identity's token endpoint. */
const scopes = {
  full: ".default",
  reader: "DeviceManagementServiceConfig.Read.All",
  powerless: "User.Read.All",
  stranger: ".default",
} as const;

/** The token of the caller `nonsense`. It is not a JWT. */
export const nonsense = "nonsense";

/**
 * Gets tokens for two new tenants from the development identity of the service, so that the run does not touch existing
 * data.
 *
 * @returns undefined if the server has no development identity.
 */
export async function fetchDevelopmentTokens(
  baseUrl: string,
  fetch: Fetch,
  timeout: number,
): Promise<Tokens | undefined> {
  const { origin } = new URL(baseUrl);
  const [tenant, other] = [randomUUID(), randomUUID()];
  const tokens: Partial<Record<Caller, string>> = { nonsense };
  for (const caller of ["full", "reader", "powerless", "stranger"] as const) {
    const url = `${origin}/${caller === "stranger" ? other : tenant}/oauth2/v2.0/token`;
    const token = await requestToken(url, scopes[caller], fetch, timeout);
    if (token !== undefined) tokens[caller] = token;
  }
  return tokens.full === undefined ? undefined : tokens;
}

async function requestToken(url: string, scope: string, fetch: Fetch, timeout: number): Promise<string | undefined> {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: "apple-enrollment-verify",
    client_secret: "any",
    scope: `${resource}/${scope}`,
  });
  try {
    const request = new Request(url, {
      method: "POST",
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
    });
    const answer: unknown = await untilAnswered(request, async () => (await fetch(request)).json());
    const { access_token: token } = Object(answer);
    return typeof token === "string" ? token : undefined;
  } catch {
    // The server has no development identity, or is not reachable. The preflight reports an unreachable server.
    return undefined;
  }
}

/** Injects faults through the controls of the service (server/control/control.yaml). */
export function createProvoker(baseUrl: string, token: string, fetch: Fetch, timeout: number): Provoke {
  const url = new URL("/_control/failures", baseUrl);
  return async (operation, status) => {
    const request = new Request(url, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ operation, status }),
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
    });
    try {
      const { status: answered } = await untilAnswered(request, fetch);
      return answered === 204 ? undefined : `${url.pathname} answered ${answered}`;
    } catch {
      return `${url.pathname} did not answer`;
    }
  };
}
