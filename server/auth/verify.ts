// Part by part: the whole of jose takes twice as long to load.
import type { CryptoKey, JWTPayload } from "jose";
import {
  JOSEAlgNotAllowed,
  JOSEError,
  JWSSignatureVerificationFailed,
  JWTClaimValidationFailed,
  JWTExpired,
} from "jose/errors";
import { jwtVerify } from "jose/jwt/verify";
import { type Principal, TokenRefused, type VerifyToken } from "./principal.ts";

export interface TokenRules {
  readonly key: CryptoKey;
  /** The only signature algorithms accepted, whatever a token's header says (RFC 8725, 3.1). */
  readonly algorithms: readonly string[];
  readonly issuer: string;
  readonly audience: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Verifies tokens of one issuer. What is no fault of the token is thrown as it is. */
export function tokenVerifier({ key, algorithms, issuer, audience }: TokenRules): VerifyToken {
  const options = { algorithms: [...algorithms], issuer, audience, requiredClaims: ["exp", "tid"] };
  return remembering(async (token) => {
    try {
      const { payload } = await jwtVerify(token, key, options);
      return { principal: principalOf(payload), expires: payload.exp ?? 0 };
    } catch (error) {
      if (!(error instanceof JOSEError)) throw error;
      throw new TokenRefused(sentence(error), { cause: error });
    }
  });
}

interface Verified {
  readonly principal: Principal;
  /** The token's `exp`, in seconds since 1970. */
  readonly expires: number;
}

/** Tokens of about 1 kB: what they occupy stays below some MB. */
const remembered = 1000;

/**
 * Remembers who a good token speaks for until it expires, never longer; a bad one is looked at anew each time. A
 * signature costs more than all else a request does (MEASURED).
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
    if (verified && Math.floor(Date.now() / 1000) < verified.expires) return verified.principal;
    return verifyAnew(token);
  };
}

function principalOf(payload: JWTPayload): Principal {
  const { tid, azp, appid, scp, roles } = payload;
  if (typeof tid !== "string" || !uuid.test(tid)) {
    throw new TokenRefused("The access token's tid claim must be the tenant's id, a UUID.");
  }
  const delegated = typeof scp === "string" ? scp.split(" ").filter((scope) => scope !== "") : [];
  const ofApplication = Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [];
  return {
    tenant: tid.toLowerCase(),
    application: [azp, appid].find((id) => typeof id === "string") ?? "",
    scopes: new Set([...delegated, ...ofApplication]),
  };
}

function sentence(error: JOSEError): string {
  if (error instanceof JWTExpired) return "The access token has expired.";
  if (error instanceof JWTClaimValidationFailed) {
    if (error.claim === "nbf") return "The access token is not valid yet.";
    if (error.reason === "missing") return `The access token has no ${error.claim} claim.`;
    return `The access token's ${error.claim} claim is not what this service accepts.`;
  }
  if (error instanceof JWSSignatureVerificationFailed) return "The access token's signature is not valid.";
  if (error instanceof JOSEAlgNotAllowed) return "The access token's algorithm is not accepted.";
  return "The access token is not a valid JWT.";
}
