/**
 * The development identity: a key pair of this installation's own, made on first start and kept in the data folder.
 * It signs the tokens that `npm run token` prints and is the only one the service trusts so far.
 */
import { join } from "node:path";
import type { CryptoKey, JWK } from "jose";
import { SignJWT } from "jose/jwt/sign";
import { exportJWK } from "jose/key/export";
import { generateKeyPair } from "jose/key/generate/keypair";
import { importJWK } from "jose/key/import";
import { makeFolder } from "../folder.ts";
import { keepFirst, readIfThere } from "../keptFile.ts";
import { StartRefused } from "../startRefused.ts";
import type { VerifyToken } from "./principal.ts";
import { tokenVerifier } from "./verify.ts";

/** The tenant of a token that names none; the id that Microsoft's documents use in examples. */
export const defaultTenant = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

/** Both permissions that open every operation of the contract. */
export const defaultScopes: readonly string[] = [
  "DeviceManagementServiceConfig.ReadWrite.All",
  "DeviceManagementConfiguration.ReadWrite.All",
];

/** Seconds; as long as a token of Microsoft Entra ID usually lives. */
export const defaultLifetime = 3600;

const algorithm = "ES256";
const issuer = "urn:apple-enrollment:development";
const audience = "https://graph.microsoft.com";

export interface TokenOptions {
  readonly tenant?: string;
  readonly scopes?: readonly string[];
  /** Seconds. */
  readonly lifetime?: number;
}

export interface DevelopmentIdentity {
  /** A signed access token, delegated permissions in `scp`. */
  issueToken(options?: TokenOptions): Promise<string>;
  readonly verifyToken: VerifyToken;
}

/** An identity that lives as long as the process: for tests and the demo. */
export async function ephemeralIdentity(): Promise<DevelopmentIdentity> {
  return identityOf(await newKey());
}

/**
 * The identity of a data folder, made if it has none. Safe when several processes start together: the first key wins.
 * @throws StartRefused if the key can't be read or made.
 */
export async function storedIdentity(dataDir: string): Promise<DevelopmentIdentity> {
  const file = join(dataDir, "development-key.json");
  try {
    makeFolder(dataDir);
    const stored = readIfThere(file) ?? keepFirst(file, JSON.stringify(await newKey()));
    return await identityOf(JSON.parse(stored));
  } catch (error) {
    const isOfSystem = error instanceof Error && "syscall" in error && "code" in error;
    const why = isOfSystem ? ` (${String(error.code)})` : ": it is damaged";
    throw new StartRefused(`The development key ${file} can't be read or made${why}.`, { cause: error });
  }
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return exportJWK(privateKey);
}

async function identityOf(jwk: JWK): Promise<DevelopmentIdentity> {
  const { d: _private, ...publicJwk } = jwk;
  const [signingKey, key] = [await keyFrom(jwk, "private"), await keyFrom(publicJwk, "public")];
  return {
    verifyToken: tokenVerifier({ key, algorithms: [algorithm], issuer, audience }),
    issueToken: ({ tenant = defaultTenant, scopes = defaultScopes, lifetime = defaultLifetime } = {}) => {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({ tid: tenant, scp: scopes.join(" ") })
        .setProtectedHeader({ alg: algorithm, typ: "JWT" })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setNotBefore(now)
        .setExpirationTime(now + lifetime)
        .sign(signingKey);
    },
  };
}

async function keyFrom(jwk: JWK, type: "private" | "public"): Promise<CryptoKey> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array || key.type !== type) throw new Error(`This is no ${type} key of an elliptic curve.`);
  return key;
}
