// These modules of jose are imported separately, because jose's main module takes longer to load.
import type { CryptoKey, JWTPayload, JWTVerifyGetKey } from "jose";
import {
  JOSEAlgNotAllowed,
  JOSEError,
  JWKSNoMatchingKey,
  JWSSignatureVerificationFailed,
  JWTClaimValidationFailed,
  JWTExpired,
} from "jose/errors";
import { decodeJwt } from "jose/jwt/decode";
import { jwtVerify } from "jose/jwt/verify";
import { type Principal, TokenRefused, type VerifyToken } from "./principal.ts";
import { isTenantId } from "./tenantId.ts";

/** An issuer whose tokens are accepted, and the rules for its tokens. */
export interface Trust {
  /** Whether a token's `iss` names this issuer, given the token's `tid`. */
  readonly issues: (iss: string, tenant: string) => boolean;
  /** The accepted signature algorithms. A token with any other `alg` is refused (RFC 8725, section 3.1). */
  readonly algorithms: readonly string[];
  /** The accepted values of the token's `aud`. */
  readonly audiences: readonly string[];
  /** The tenants whose tokens are accepted, in lower case. Undefined: all tenants of the issuer. */
  readonly tenants?: ReadonlySet<string> | undefined;
  readonly keys: Keys;
}

/** An issuer's public keys. */
export interface Keys {
  /** Finds the key with which a token is signed. @throws JOSEError if the issuer does not have this key */
  readonly find: JWTVerifyGetKey;
  /** Increases whenever the keys change. Tokens that were verified with an older version are verified again. */
  readonly version: number;
}

/** Returns a set that contains a single key and never changes. */
export function fixedKey(key: CryptoKey): Keys {
  return { find: async () => key, version: 0 };
}

/** Creates the function that verifies the tokens of the given issuers. It rethrows errors that the token has not caused. */
export function tokenVerifier(trusts: readonly Trust[]): VerifyToken {
  return cacheVerified(async (token) => {
    try {
      const trust = findTrust(trusts, decodeJwt(token));
      const { version } = trust.keys;
      const options = {
        algorithms: [...trust.algorithms],
        audience: [...trust.audiences],
        requiredClaims: ["exp", "tid"],
      };
      const { payload } = await jwtVerify(token, trust.keys.find, options);
      return { principal: readPrincipal(payload, trust), expires: payload.exp ?? 0, keys: trust.keys, version };
    } catch (error) {
      if (!(error instanceof JOSEError)) throw error;
      throw new TokenRefused(describeError(error), { cause: error });
    }
  });
}

/** Finds the issuer that the token's `iss` names. The signature is verified later, so the claims cannot be trusted yet. */
function findTrust(trusts: readonly Trust[], { iss, tid }: JWTPayload): Trust {
  const tenant = typeof tid === "string" && isTenantId(tid) ? tid : "";
  const trust = trusts.find(({ issues }) => typeof iss === "string" && issues(iss, tenant));
  if (trust === undefined) {
    throw new TokenRefused("The access token's iss claim is not accepted by this service.");
  }
  return trust;
}

interface VerifiedToken {
  readonly principal: Principal;
  /** The token's `exp`, in seconds since 1970. */
  readonly expires: number;
  readonly keys: Keys;
  /** The version of the keys when the token was verified. */
  readonly version: number;
}

/** The maximum number of cached tokens. A token has about 1 kB, so the cache needs only a few MB. */
const maxCached = 1000;

/**
 * Caches the principal of a valid token until the token expires or the issuer's keys change. Refused tokens are not cached.
 * Without the cache, verifying the signature would take longer than the rest of the request.
 */
function cacheVerified(verify: (token: string) => Promise<VerifiedToken>): VerifyToken {
  const cache = new Map<string, VerifiedToken>();

  async function verifyAndCache(token: string): Promise<Principal> {
    cache.delete(token);
    const verified = await verify(token);
    const [oldest] = cache.keys();
    if (cache.size >= maxCached && oldest !== undefined) cache.delete(oldest);
    cache.set(token, verified);
    return verified.principal;
  }

  return (token) => {
    const verified = cache.get(token);
    // jose compares in the same way: a token expires at the beginning of the second that `exp` names.
    const isValid =
      verified !== undefined &&
      verified.version === verified.keys.version &&
      Math.floor(Date.now() / 1000) < verified.expires;
    return isValid ? verified.principal : verifyAndCache(token);
  };
}

function readPrincipal({ tid, azp, appid, scp, roles }: JWTPayload, { tenants }: Trust): Principal {
  if (typeof tid !== "string" || !isTenantId(tid)) {
    throw new TokenRefused("The access token's tid claim must be the tenant's id, a UUID.");
  }
  const tenant = tid.toLowerCase();
  if (tenants !== undefined && !tenants.has(tenant)) {
    throw new TokenRefused("The access token's tenant is not accepted by this service.");
  }
  const [application = ""] = [azp, appid].filter((id) => typeof id === "string");
  const delegated = typeof scp === "string" ? scp.split(" ").filter((scope) => scope !== "") : [];
  const applications = Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [];
  return { tenant, application, scopes: new Set([...delegated, ...applications]) };
}

/** Describes in a sentence for the caller why a token is refused. */
function describeError(error: JOSEError): string {
  if (error instanceof JWTExpired) return "The access token has expired.";
  if (error instanceof JWTClaimValidationFailed) {
    if (error.claim === "nbf") return "The access token is not valid yet.";
    if (error.reason === "missing") return `The access token has no ${error.claim} claim.`;
    return `The access token's ${error.claim} claim is not accepted by this service.`;
  }
  if (error instanceof JWSSignatureVerificationFailed) return "The access token's signature is not valid.";
  if (error instanceof JWKSNoMatchingKey)
    return "The access token is signed with a key that its issuer does not publish.";
  if (error instanceof JOSEAlgNotAllowed) return "The access token's algorithm is not accepted.";
  return "The access token is not a valid JWT.";
}
