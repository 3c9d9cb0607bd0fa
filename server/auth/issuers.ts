/** Identity providers: any OpenID Connect issuer, whose metadata and keys are where OpenID Connect Discovery says. */
import { createLocalJWKSet, type JSONWebKeySet } from "jose";
import { JWKSNoMatchingKey } from "jose/errors";
import { StartRefused } from "../shared/startRefused.ts";
import type { Keys, Trust } from "./verify.ts";

export interface IssuerOptions {
  /** URL of the issuer, such as `https://login.microsoftonline.com/<tenant>/v2.0`. */
  readonly url: string;
  readonly audiences: readonly string[];
  /** Tenants whose tokens are accepted, in lower case; empty: the issuer's only one. */
  readonly tenants: readonly string[];
  /** Milliseconds between two looks at the keys. */
  readonly refreshEvery?: number;
  /** Is told when the keys can't be had; those at hand go on being used. */
  readonly reportOutage?: (error: unknown) => void;
}

/** Signatures with public keys alone: a secret shared with the issuer is none of this service's. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** Milliseconds. */
const defaults = { refreshEvery: 5 * 60_000, timeout: 5000, cooldown: 30_000 } as const;

/**
 * Looks up the issuer's metadata and keys.
 * @throws StartRefused if they can't be had, or if the issuer speaks for all tenants and none is named.
 */
export async function trustIssuer(options: IssuerOptions): Promise<Trust> {
  const { url, audiences, tenants } = options;
  try {
    const { issuer, jwks_uri: keysUrl } = await metadataOf(url);
    if (issuer.includes("{tenantid}") && tenants.length === 0) {
      throw new StartRefused(`The issuer ${url} speaks for every tenant: name those to serve in AUTH_TENANTS.`);
    }
    const keys = await publishedKeys(keysUrl, options);
    // Microsoft Entra ID's metadata for all tenants has a place where the token has its own.
    const issues = (iss: string, tenant: string) => issuer.replace("{tenantid}", tenant) === iss;
    return { issues, algorithms, audiences, tenants: tenants.length > 0 ? new Set(tenants) : undefined, keys };
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartRefused(`The issuer ${url} can't be used: ${reason}.`, { cause: error });
  }
}

interface Metadata {
  readonly issuer: string;
  readonly jwks_uri: string;
}

async function metadataOf(url: string): Promise<Metadata> {
  const metadata: unknown = await fetchJson(`${url.replace(/\/$/, "")}/.well-known/openid-configuration`);
  const { issuer, jwks_uri } = Object(metadata);
  if (typeof issuer !== "string" || typeof jwks_uri !== "string" || !isSafe(jwks_uri)) {
    throw new Error("its metadata names no issuer, or no jwks_uri with https");
  }
  // OpenID Connect Discovery 4.3: who answers must be who was asked; but for Entra's, which speaks for many.
  if (!issuer.includes("{tenantid}") && new URL(issuer).host !== new URL(url).host && !isEntra(url)) {
    throw new Error(`its metadata is that of ${issuer}`);
  }
  return { issuer, jwks_uri };
}

/** Microsoft Entra ID publishes tokens of version 1 under another host, https://sts.windows.net/. */
function isEntra(url: string): boolean {
  return new URL(url).host === "login.microsoftonline.com";
}

/** https, or a host that is this machine. */
export function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname));
}

/**
 * The keys at a URL: looked at regularly, so that one that was removed is soon refused, and when a token names an unknown
 * one, but not more than every 30 s, so that nobody's made-up tokens make this service a nuisance. Unlike jose's own
 * remote set it never forgets the keys at hand because the server can't be reached.
 */
async function publishedKeys(
  url: string,
  { refreshEvery = defaults.refreshEvery, reportOutage = () => {} }: IssuerOptions,
): Promise<Keys> {
  let text = "";
  let version = 0;
  let lookedAt = 0;
  let find = createLocalJWKSet({ keys: [] });

  async function look(): Promise<void> {
    lookedAt = Date.now();
    const set = await fetchJson(url);
    if (!isKeySet(set)) throw new Error(`${url} holds no JSON Web Key Set`);
    if (JSON.stringify(set) === text) return;
    find = createLocalJWKSet(set);
    text = JSON.stringify(set);
    version += 1;
  }

  await look();
  const timer = setInterval(() => look().catch(reportOutage), refreshEvery);
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
        if (!(error instanceof JWKSNoMatchingKey) || Date.now() - lookedAt < cooldown) throw error;
        await look().catch(reportOutage);
        return find(header, token);
      }
    },
  };
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(defaults.timeout) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.json();
}

function isKeySet(value: unknown): value is JSONWebKeySet {
  return Array.isArray(Object(value).keys);
}
