/** Which identities a service trusts, and which names it answers to. */
import { isLoopback } from "../shared/hosts.ts";
import { StartRefused } from "../shared/startRefused.ts";
import { isSafe } from "./issuers.ts";
import { isTenantId } from "./tenantId.ts";

export interface IdentityConfig {
  /** URLs of OpenID Connect issuers. */
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  /** In lower case; empty: those that the issuers speak for. */
  readonly tenants: readonly string[];
  /** Whether this service's own development identity is trusted, and gives a token to whoever asks. */
  readonly development: boolean;
  /** Names in Host headers, beside those of the loopback interface. */
  readonly hosts: readonly string[];
}

export interface IdentitySettings {
  readonly authIssuer?: string | undefined;
  readonly authAudience?: string | undefined;
  readonly authTenants?: string | undefined;
  readonly developmentIdentity?: string | undefined;
  readonly allowedHosts?: string | undefined;
}

/** Microsoft Graph's two names for itself: its URL, and its application id. */
const graphAudiences = ["https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"];

/** @param host the address to listen on. @throws StartRefused */
export function identityConfigOf(host: string, settings: IdentitySettings): IdentityConfig {
  const issuers = list(settings.authIssuer);
  for (const url of issuers) {
    if (!isSafe(url)) throw new StartRefused(`AUTH_ISSUER is '${url}'; it must be a URL that begins with https://.`);
  }
  const tenants = list(settings.authTenants).map((tenant) => tenant.toLowerCase());
  for (const tenant of tenants) {
    if (!isTenantId(tenant))
      throw new StartRefused(`AUTH_TENANTS names '${tenant}'; each must be a tenant's id, a UUID.`);
  }
  const audiences = list(settings.authAudience);
  const development = developmentOf(settings.developmentIdentity, isLoopback(host) && issuers.length === 0);
  if (!development && issuers.length === 0) {
    throw new StartRefused(
      `HOST is ${host}, where others than this machine can call, and nobody says who they are: set AUTH_ISSUER, or DEVELOPMENT_IDENTITY=on to give a token to whoever asks.`,
    );
  }
  const hosts = [host, ...list(settings.allowedHosts)].map((name) => name.toLowerCase());
  return { issuers, audiences: audiences.length > 0 ? audiences : graphAudiences, tenants, development, hosts };
}

function developmentOf(text: string | undefined, byDefault: boolean): boolean {
  if (text === undefined || text === "") return byDefault;
  if (text === "on" || text === "off") return text === "on";
  throw new StartRefused(`DEVELOPMENT_IDENTITY is '${text}'; it must be on or off.`);
}

function list(text = ""): string[] {
  return text.split(/[\s,]+/).filter((item) => item !== "");
}
