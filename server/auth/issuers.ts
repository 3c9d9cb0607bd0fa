/** External identity providers: every OpenID Connect issuer that supports OpenID Connect Discovery. */
import { JWKSNoMatchingKey } from "jose/errors";
import { StartRefused } from "../shared/startRefused.ts";
import { algorithms, createKeySet } from "./keySets.ts";
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
  /** Called once after each fetch of the keys that contains unusable keys, with a sentence about each of them. */
  readonly reportUnusableKeys?: (defects: readonly string[]) => void;
  /** The time that the issuer has for each answer, in milliseconds. */
  readonly timeout?: number;
}

/** Durations in milliseconds. */
const defaults = { refreshEvery: 5 * 60_000, timeout: 5000, cooldown: 30_000 } as const;

/**
 * Fetches the issuer's metadata and keys.
 * @throws StartRefused if a request fails, or if the issuer is multi-tenant and `tenants` is empty.
 */
export async function trustIssuer(options: IssuerOptions): Promise<Trust> {
  const { url, audiences, tenants, timeout = defaults.timeout } = options;
  try {
    const { issuer, jwks_uri: keysUrl } = await fetchMetadata(url, timeout);
    if (issuer.includes("{tenantid}") && tenants.length === 0) {
      throw new StartRefused(
        `The issuer ${url} issues tokens for every tenant. List the tenants to accept in AUTH_TENANTS.`,
      );
    }
    const keys = await fetchKeys(keysUrl, { ...options, timeout });
    // The metadata of Microsoft Entra ID's multi-tenant issuers has the placeholder {tenantid} instead of a tenant's id.
    const issues = (iss: string, tenant: string) => issuer.replace("{tenantid}", tenant) === iss;
    return { issues, algorithms, audiences, tenants: tenants.length > 0 ? new Set(tenants) : undefined, keys };
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartRefused(`The issuer ${url} cannot be used: ${reason}.`, { cause: error });
  }
}

interface ProviderMetadata {
  readonly issuer: string;
  readonly jwks_uri: string;
}

async function fetchMetadata(url: string, timeout: number): Promise<ProviderMetadata> {
  const metadata: unknown = await fetchJson(`${url.replace(/\/$/, "")}/.well-known/openid-configuration`, timeout);
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
  {
    refreshEvery = defaults.refreshEvery,
    timeout,
    reportOutage = () => {},
    reportUnusableKeys = () => {},
  }: IssuerOptions & { readonly timeout: number },
): Promise<Keys> {
  let text = "";
  let version = 0;
  let fetchedAt = 0;
  let keySet = await createKeySet([]);

  async function refresh(): Promise<void> {
    fetchedAt = Date.now();
    const set = await fetchJson(url, timeout);
    if (!isKeySet(set)) throw new Error(`${url} does not return a JSON Web Key Set`);
    const fetched = JSON.stringify(set);
    if (fetched !== text) {
      keySet = await createKeySet(set.keys);
      text = fetched;
      version += 1;
    }
    if (keySet.defects.length > 0) reportUnusableKeys(keySet.defects);
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
        return await keySet.findByKid(header, token);
      } catch (error) {
        if (!(error instanceof JWKSNoMatchingKey)) throw error;
        if (Date.now() - fetchedAt >= cooldown) await refresh().catch(reportOutage);
        return keySet.find(header, token);
      }
    },
  };
}

async function fetchJson(url: string, timeout: number): Promise<unknown> {
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(url, { redirect: "manual", signal });
    if (response.status >= 300 && response.status < 400) {
      throw new Error(`${url} redirects to another URL, and the service does not follow redirects`);
    }
    if (!response.ok) throw new Error(`${url} returned status ${response.status}`);
    return await response.json();
  } catch (error) {
    if (signal.aborted) throw new Error(`${url} did not answer within ${timeout} ms`);
    throw error;
  }
}

function isKeySet(value: unknown): value is { readonly keys: readonly unknown[] } {
  return Array.isArray(Object(value).keys);
}
