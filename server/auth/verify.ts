// These modules of jose are imported separately, because jose's main module takes longer to load.
import type { CryptoKey, JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from "jose";
import {
  JOSEAlgNotAllowed,
  JOSEError,
  JWKSMultipleMatchingKeys,
  JWKSNoMatchingKey,
  JWSSignatureVerificationFailed,
  JWTClaimValidationFailed,
  JWTExpired,
} from "jose/errors";
import { decodeJwt } from "jose/jwt/decode";
import { jwtVerify } from "jose/jwt/verify";
import { tokenLeeway } from "../shared/limits.ts";
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
  /**
   * Finds the key with which a token is signed. @throws JWKSNoMatchingKey if the issuer does not have this key, or
   * JWKSMultipleMatchingKeys if several keys match the token's header.
   */
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
        clockTolerance: tokenLeeway,
      };
      const payload = await verifyWithKeys(token, trust.keys, options);
      refuseFutureToken(payload);
      const expires = (payload.exp ?? 0) + tokenLeeway;
      return { principal: readPrincipal(payload, trust), expires, keys: trust.keys, version };
    } catch (error) {
      if (!(error instanceof JOSEError)) throw error;
      throw new TokenRefused(describeError(error), { cause: error });
    }
  });
}

/** Verifies a token. If several keys match its header, they are tried in turn. @throws JOSEError */
async function verifyWithKeys(token: string, { find }: Keys, options: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, find, options)).payload;
  } catch (error) {
    if (!(error instanceof JWKSMultipleMatchingKeys)) throw error;
    return verifyWithAny(token, error, options);
  }
}

async function verifyWithAny(
  token: string,
  keys: AsyncIterable<CryptoKey>,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  for await (const key of keys) {
    try {
      return (await jwtVerify(token, key, options)).payload;
    } catch (error) {
      if (!(error instanceof JWSSignatureVerificationFailed)) throw error;
    }
  }
  throw new JWSSignatureVerificationFailed();
}

/** Refuses a token whose `iat` is in the future. jose checks this only together with a maximum age. */
function refuseFutureToken({ iat = 0 }: JWTPayload): void {
  const now = secondsNow();
  if (iat <= now + tokenLeeway) return;
  throw new TokenRefused(
    `The access token was issued in the future: its iat claim is ${formatTime(iat)}, and the service's time is ${formatTime(now)}.`,
  );
}

/** The service's time in seconds since 1970, rounded down as in jose. */
function secondsNow(): number {
  return Math.floor(Date.now() / 1000);
}

/** Formats seconds since 1970 in ISO 8601. A token can contain a number that is not a time; it is returned unchanged. */
function formatTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace(/\.\d+Z$/, "Z");
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
  /** The end of the leeway after the token's `exp`, in seconds since 1970. */
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
    // jose compares in the same way: a token expires at the beginning of the second in which the leeway ends.
    const isValid =
      verified !== undefined && verified.version === verified.keys.version && secondsNow() < verified.expires;
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
  if (error instanceof JWTExpired) {
    const { exp = 0 } = error.payload;
    return `The access token has expired: its exp claim is ${formatTime(exp)}, and the service's time is ${formatTime(secondsNow())}.`;
  }
  if (error instanceof JWTClaimValidationFailed) {
    if (error.claim === "nbf" && error.reason === "check_failed") {
      const { nbf = 0 } = error.payload;
      return `The access token is not valid yet: its nbf claim is ${formatTime(nbf)}, and the service's time is ${formatTime(secondsNow())}.`;
    }
    if (error.reason === "missing") return `The access token has no ${error.claim} claim.`;
    return `The access token's ${error.claim} claim is not accepted by this service.`;
  }
  if (error instanceof JWSSignatureVerificationFailed) return "The access token's signature is not valid.";
  if (error instanceof JWKSNoMatchingKey)
    return "The access token is signed with a key that its issuer does not publish.";
  if (error instanceof JOSEAlgNotAllowed) return "The access token's algorithm is not accepted.";
  return "The access token is not a valid JWT.";
}
