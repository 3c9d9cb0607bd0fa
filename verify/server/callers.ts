/** Who asks with which token, and how failures are provoked at a service with the development identity and controls. */
import { randomUUID } from "node:crypto";
import type { Caller } from "../scenarios/language/scenario.ts";
import type { Provoke } from "./target.ts";

export type Tokens = Readonly<Partial<Record<Caller, string>>>;
type Fetch = (request: Request) => Promise<Response>;

const resource = "https://graph.microsoft.com";

/** What each caller may do, as the development identity's token endpoint is asked for it. */
const scopes = {
  full: ".default",
  reader: "DeviceManagementServiceConfig.Read.All",
  powerless: "User.Read.All",
  stranger: ".default",
} as const;

/** The text of a token that is none. */
export const nonsense = "nonsense";

/**
 * Tokens of two new tenants from the service's own development identity, so that the run touches nothing that is there.
 *
 * @returns undefined if the server has no such identity.
 */
export async function developmentTokens(baseUrl: string, fetch: Fetch, timeout: number): Promise<Tokens | undefined> {
  const { origin } = new URL(baseUrl);
  const [tenant, other] = [randomUUID(), randomUUID()];
  const tokens: Partial<Record<Caller, string>> = { nonsense };
  for (const caller of ["full", "reader", "powerless", "stranger"] as const) {
    const url = `${origin}/${caller === "stranger" ? other : tenant}/oauth2/v2.0/token`;
    const token = await tokenFrom(url, scopes[caller], fetch, timeout);
    if (token !== undefined) tokens[caller] = token;
  }
  return tokens.full === undefined ? undefined : tokens;
}

async function tokenFrom(url: string, scope: string, fetch: Fetch, timeout: number): Promise<string | undefined> {
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
    const answer: unknown = await (await fetch(request)).json();
    const { access_token: token } = Object(answer);
    return typeof token === "string" ? token : undefined;
  } catch {
    // Whatever it is, it is no such identity. Whether the server is there at all is found out next.
    return undefined;
  }
}

/** Asks the service's controls (server/control/control.yaml) for failures. */
export function provoker(baseUrl: string, token: string, fetch: Fetch, timeout: number): Provoke {
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
      const { status: answered } = await fetch(request);
      return answered === 204 ? undefined : `${url.pathname} answered ${answered}`;
    } catch {
      return `${url.pathname} didn't answer`;
    }
  };
}
