/** An issuer's JSON Web Key Set (RFC 7517): sets aside the keys that cannot verify tokens, and finds a token's key. */
import { type CryptoKey, createLocalJWKSet, type JWK, type JWTVerifyGetKey } from "jose";
import { JWKSNoMatchingKey } from "jose/errors";

/** Asymmetric signature algorithms only: the service does not share a secret with an issuer. */
export const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** The smallest RSA key, in bits, with which jose verifies a signature (RFC 7518, section 3.3). */
const minModulusLength = 2048;

export interface KeySet {
  /** Finds the key that the token's `kid` names. @throws JWKSNoMatchingKey or JWKSMultipleMatchingKeys */
  readonly findByKid: JWTVerifyGetKey;
  /** Like `findByKid`. If no key has the token's `kid`, it finds the keys without `kid`. */
  readonly find: JWTVerifyGetKey;
  /** One sentence for each key that cannot be used. The sentences never contain key material. */
  readonly defects: readonly string[];
}

/** Imports each key once, because jose imports a key only when a token names it and then fails with an internal error. */
export async function createKeySet(members: readonly unknown[]): Promise<KeySet> {
  const keys: JWK[] = [];
  const defects: string[] = [];
  for (const member of members) {
    if (!isJwk(member)) {
      defects.push("A key is not a JSON object.");
      continue;
    }
    const defect = await describeDefect(member);
    if (defect === undefined) keys.push(member);
    else defects.push(defect);
  }
  const findByKid = createLocalJWKSet({ keys });
  const findWithoutKid = createLocalJWKSet({ keys: keys.filter(({ kid }) => kid === undefined) });
  const find: JWTVerifyGetKey = async (header, token) => {
    try {
      return await findByKid(header, token);
    } catch (error) {
      if (!(error instanceof JWKSNoMatchingKey)) throw error;
      const { kid: _, ...rest } = header;
      return findWithoutKid(rest, token);
    }
  };
  return { findByKid, find, defects };
}

function isJwk(value: unknown): value is JWK {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Says in a sentence why a key cannot be used. @returns undefined for a usable key, and for a key for encryption. */
async function describeDefect(key: JWK): Promise<string | undefined> {
  if (isForEncryption(key)) return undefined;
  const { kid } = key;
  const name = typeof kid === "string" ? `The key ${JSON.stringify(kid.slice(0, 60))}` : "A key without kid";
  if (key.kty === "oct") return `${name} is symmetric.`;
  if (key.d !== undefined) return `${name} is private.`;
  try {
    const found = await Promise.all(algorithms.map((alg) => importFor(alg, key)));
    const imported = found.filter((one) => one !== undefined);
    if (imported.length === 0) return `${name} has a kty, crv, alg or key_ops that is missing or not supported.`;
    return imported.some(isTooShort) ? `${name} is an RSA key with fewer than ${minModulusLength} bits.` : undefined;
  } catch {
    return `${name} is incomplete or damaged.`;
  }
}

/** Whether a key is not meant for signatures. Issuers publish such keys in the same set, and jose ignores them. */
function isForEncryption({ use, key_ops: operations }: JWK): boolean {
  return (use !== undefined && use !== "sig") || (Array.isArray(operations) && !operations.includes("verify"));
}

/** Imports a key as jose does for a token with this algorithm. @returns undefined if the key has another algorithm. */
async function importFor(alg: string, key: JWK): Promise<CryptoKey | undefined> {
  try {
    return await createLocalJWKSet({ keys: [key] })({ alg });
  } catch (error) {
    if (error instanceof JWKSNoMatchingKey) return undefined;
    throw error;
  }
}

function isTooShort({ algorithm }: CryptoKey): boolean {
  const { modulusLength } = Object(algorithm);
  return typeof modulusLength === "number" && modulusLength < minModulusLength;
}
