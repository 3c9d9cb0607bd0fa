/** The identity providers that a service trusts, and the host names that it accepts. */
import { isLoopback } from "../shared/hosts.ts";
import { StartRefused } from "../shared/startRefused.ts";

export interface IdentityConfig {
  /** URLs of OpenID Connect issuers. */
  readonly issuers: readonly string[];
  /** Accepted values of the claim `aud` in the issuers' tokens. */
  readonly audiences: readonly string[];
  /** The tenants whose tokens are accepted, in lower case. Empty: all tenants of the issuers. */
  readonly tenants: readonly string[];
  /** Whether the service trusts its development identity, and issues tokens of that identity to every caller. */
  readonly development: boolean;
  /** Host names that are accepted in the header Host besides loopback names, in lower case. */
  readonly hosts: readonly string[];
}

/** An `IdentityConfig` before the defaults are filled in. */
export type GivenIdentity = { readonly [Name in keyof IdentityConfig]?: IdentityConfig[Name] | undefined };

/** The URL and the application id of Microsoft Graph. */
const graphAudiences = ["https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"];

/**
 * Fills in the defaults.
 * @param host the address to listen on.
 * @throws StartRefused if other machines can connect, but no issuer is configured and the development identity is not turned
 *   on.
 */
export function completeIdentityConfig(host: string, given: GivenIdentity = {}): IdentityConfig {
  const { issuers = [], audiences = [], tenants = [], hosts = [] } = given;
  const development = given.development ?? (isLoopback(host) && issuers.length === 0);
  if (!development && issuers.length === 0) {
    throw new StartRefused(
      `Other machines can connect to ${host}, but no identity provider is configured: set AUTH_ISSUER, or set DEVELOPMENT_IDENTITY=on to issue a token to every caller.`,
    );
  }
  return {
    issuers,
    audiences: audiences.length > 0 ? audiences : graphAudiences,
    tenants: tenants.map((tenant) => tenant.toLowerCase()),
    development,
    hosts: [host, ...hosts].map((name) => name.toLowerCase()),
  };
}
