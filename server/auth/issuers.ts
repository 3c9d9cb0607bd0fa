/** External identity providers: every OpenID Connect issuer that supports OpenID Connect Discovery. */
import { createLocalJWKSet, type JSONWebKeySet } from "jose";
import { JWKSNoMatchingKey } from "jose/errors";
import { StartRefused } from "../shared/startRefused.ts";
import type { Keys, Trust } from "./verify.ts";

export interface IssuerOptions {
  /** The URL of the issuer, such as `https://login.microsoftonline.com/<tenant>/v2.0`. */
  readonly url: string;
  readonly audiences: readonly string[];
  /** The tenants whose tokens are accepted, in lower case. Empty: every tenant; a multi-tenant issuer needs at least one. */
  readonly tenants: readonly string[];
  /** The interval between two requests for the keys, in milliseconds. */
  readonly refreshEvery?: number;
  /** Called when the keys cannot be fetched. The service then continues with the keys it has. */
  readonly reportOutage?: (error: unknown) => void;
}

/** Asymmetric signature algorithms only: the service does not share a secret with an issuer. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** Durations in milliseconds. */
const defaults = { refreshEvery: 5 * 60_000, timeout: 5000, cooldown: 30_000 } as const;

/**
 * Fetches the issuer's metadata and keys.
 * @throws StartRefused if a request fails, or if the issuer is multi-tenant and `tenants` is empty.
 */
export async function trustIssuer(options: IssuerOptions): Promise<Trust> {
  const { url, audiences, tenants } = options;
  try {
    const { issuer, jwks_uri: keysUrl } = await fetchMetadata(url);
    if (issuer.includes("{tenantid}") && tenants.length === 0) {
      throw new StartRefused(
        `The issuer ${url} issues tokens for every tenant. List the tenants to accept in AUTH_TENANTS.`,
      );
    }
    const keys = await fetchKeys(keysUrl, options);
    // The metadata of Microsoft Entra ID's multi-tenant issuers has the placeholder {tenantid} instead of a tenant's id.
    const issues = (iss: string, tenant: string) => issuer.replace("{tenantid}", tenant) === iss;
    return { issues, algorithms, audiences, tenants: tenants.length > 0 ? new Set(tenants) : undefined, keys };
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartRefused(`The issuer ${url} can't be used: ${reason}.`, { cause: error });
  }
}

interface ProviderMetadata {
  readonly issuer: string;
  readonly jwks_uri: string;
}

async function fetchMetadata(url: string): Promise<ProviderMetadata> {
  const metadata: unknown = await fetchJson(`${url.replace(/\/$/, "")}/.well-known/openid-configuration`);
  const { issuer, jwks_uri } = Object(metadata);
  if (typeof issuer !== "string" || typeof jwks_uri !== "string" || !isSafe(jwks_uri)) {
    throw new Error("its metadata must have an issuer, and a jwks_uri that starts with https://");
  }
  // The metadata must name the configured issuer (OpenID Connect Discovery, 4.3). Microsoft Entra ID is exempt.
  if (!issuer.includes("{tenantid}") && new URL(issuer).host !== new URL(url).host && !isEntra(url)) {
    throw new Error(`its metadata belongs to another issuer, ${issuer}`);
  }
  return { issuer, jwks_uri };
}

/** Whether the URL is Microsoft Entra ID's. The issuer of its version 1 tokens has another host, https://sts.windows.net/. */
function isEntra(url: string): boolean {
  return new URL(url).host === "login.microsoftonline.com";
}

/** Whether a URL uses https, or uses http and leads to this machine. */
export function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname));
}

/**
 * Fetches the keys at a URL regularly, so that tokens signed with a removed key are soon refused. A token with an unknown key
 * also causes a fetch, but at most every 30 s, so that forged tokens cannot flood the issuer with requests. Unlike jose's
 * remote key set, this function keeps the last keys while the issuer cannot be reached.
 */
async function fetchKeys(
  url: string,
  { refreshEvery = defaults.refreshEvery, reportOutage = () => {} }: IssuerOptions,
): Promise<Keys> {
  let text = "";
  let version = 0;
  let fetchedAt = 0;
  let find = createLocalJWKSet({ keys: [] });

  async function refresh(): Promise<void> {
    fetchedAt = Date.now();
    const set = await fetchJson(url);
    if (!isKeySet(set)) throw new Error(`${url} does not return a JSON Web Key Set`);
    if (JSON.stringify(set) === text) return;
    find = createLocalJWKSet(set);
    text = JSON.stringify(set);
    version += 1;
  }

  await refresh();
  const timer = setInterval(() => refresh().catch(reportOutage), refreshEvery);
  timer.unref();
  const cooldown = Math.min(defaults.cooldown, refreshEvery);
  return {
    get version() {
      return version;
    },
    find: async (header, token) => {
      try {
        return await find(header, token);
      } catch (error) {
        if (!(error instanceof JWKSNoMatchingKey) || Date.now() - fetchedAt < cooldown) throw error;
        await refresh().catch(reportOutage);
        return find(header, token);
      }
    },
  };
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(defaults.timeout) });
  if (!response.ok) throw new Error(`${url} returned status ${response.status}`);
  return response.json();
}

function isKeySet(value: unknown): value is JSONWebKeySet {
  return Array.isArray(Object(value).keys);
}
