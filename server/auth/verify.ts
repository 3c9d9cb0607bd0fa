// Part by part: the whole of jose takes twice as long to load.
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

/** An issuer whose tokens are accepted, and what they must say. */
export interface Trust {
  /** Whether the token's `iss` is this issuer, for the token's `tid`. */
  readonly issues: (iss: string, tenant: string) => boolean;
  /** The only signature algorithms accepted, whatever a token's header says (RFC 8725, 3.1). */
  readonly algorithms: readonly string[];
  /** The token's `aud` must be one of these. */
  readonly audiences: readonly string[];
  /** Tenants whose tokens are accepted, in lower case; undefined: any that the issuer speaks for. */
  readonly tenants?: ReadonlySet<string> | undefined;
  readonly keys: Keys;
}

/** The keys of an issuer. */
export interface Keys {
  /** The key that a token's header names. @throws JOSEError if there is none. */
  readonly find: JWTVerifyGetKey;
  /** Grows when the keys change: what was verified before has to be verified again. */
  readonly version: number;
}

/** One key, for good. */
export function fixedKey(key: CryptoKey): Keys {
  return { find: async () => key, version: 0 };
}

/** Verifies tokens of the given issuers. What is no fault of the token is thrown as it is. */
export function tokenVerifier(trusts: readonly Trust[]): VerifyToken {
  return remembering(async (token) => {
    try {
      const trust = trustOf(trusts, decodeJwt(token));
      const { version } = trust.keys;
      const options = {
        algorithms: [...trust.algorithms],
        audience: [...trust.audiences],
        requiredClaims: ["exp", "tid"],
      };
      const { payload } = await jwtVerify(token, trust.keys.find, options);
      return { principal: principalOf(payload, trust), expires: payload.exp ?? 0, keys: trust.keys, version };
    } catch (error) {
      if (!(error instanceof JOSEError)) throw error;
      throw new TokenRefused(sentence(error), { cause: error });
    }
  });
}

/** Chosen by what the token says of itself; whether that is true, its signature tells. */
function trustOf(trusts: readonly Trust[], { iss, tid }: JWTPayload): Trust {
  const tenant = typeof tid === "string" && isTenantId(tid) ? tid : "";
  const trust = trusts.find(({ issues }) => typeof iss === "string" && issues(iss, tenant));
  if (trust === undefined) {
    throw new TokenRefused("The access token's iss claim is not what this service accepts.");
  }
  return trust;
}

interface Verified {
  readonly principal: Principal;
  /** The token's `exp`, in seconds since 1970. */
  readonly expires: number;
  readonly keys: Keys;
  /** Of the keys, when the token was verified. */
  readonly version: number;
}

/** Tokens of about 1 kB: what they occupy stays below some MB. */
const remembered = 1000;

/**
 * Remembers who a good token speaks for until it expires or the issuer's keys change, never longer; a bad one is looked
 * at anew each time. A signature costs more than all else a request does: bare Fastify
 * with it answers 13,000 to 21,000 requests/s, with a memory 49,000 to 59,000.
 */
function remembering(verify: (token: string) => Promise<Verified>): VerifyToken {
  const known = new Map<string, Verified>();

  async function verifyAnew(token: string): Promise<Principal> {
    known.delete(token);
    const verified = await verify(token);
    const [oldest] = known.keys();
    if (known.size >= remembered && oldest !== undefined) known.delete(oldest);
    known.set(token, verified);
    return verified.principal;
  }

  return (token) => {
    const verified = known.get(token);
    // As jose compares it: a token has expired in the second that exp names.
    const isGood =
      verified !== undefined &&
      verified.version === verified.keys.version &&
      Math.floor(Date.now() / 1000) < verified.expires;
    return isGood ? verified.principal : verifyAnew(token);
  };
}

function principalOf({ tid, azp, appid, scp, roles }: JWTPayload, { tenants }: Trust): Principal {
  if (typeof tid !== "string" || !isTenantId(tid)) {
    throw new TokenRefused("The access token's tid claim must be the tenant's id, a UUID.");
  }
  const tenant = tid.toLowerCase();
  if (tenants !== undefined && !tenants.has(tenant)) {
    throw new TokenRefused("The access token's tenant is none that this service serves.");
  }
  const [application = ""] = [azp, appid].filter((id) => typeof id === "string");
  const delegated = typeof scp === "string" ? scp.split(" ").filter((scope) => scope !== "") : [];
  const applications = Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [];
  return { tenant, application, scopes: new Set([...delegated, ...applications]) };
}

function sentence(error: JOSEError): string {
  if (error instanceof JWTExpired) return "The access token has expired.";
  if (error instanceof JWTClaimValidationFailed) {
    if (error.claim === "nbf") return "The access token is not valid yet.";
    if (error.reason === "missing") return `The access token has no ${error.claim} claim.`;
    return `The access token's ${error.claim} claim is not what this service accepts.`;
  }
  if (error instanceof JWSSignatureVerificationFailed) return "The access token's signature is not valid.";
  if (error instanceof JWKSNoMatchingKey)
    return "The access token is signed with a key that its issuer does not publish.";
  if (error instanceof JOSEAlgNotAllowed) return "The access token's algorithm is not accepted.";
  return "The access token is not a valid JWT.";
}
