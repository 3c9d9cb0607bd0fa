/**
 * The development identity: a key pair that is created on the first start and stored in the data folder. It signs the tokens
 * that `npm run token` prints, and those that the service's token endpoint issues to any caller.
 */
import { join } from "node:path";
import type { CryptoKey, JSONWebKeySet, JWK } from "jose";
import { calculateJwkThumbprint } from "jose/jwk/thumbprint";
import { SignJWT } from "jose/jwt/sign";
import { exportJWK } from "jose/key/export";
import { generateKeyPair } from "jose/key/generate/keypair";
import { importJWK } from "jose/key/import";
import { makePrivateFolder, readFileIfExists, writePrivateFileOnce } from "../shared/files.ts";
import { tokenLeeway } from "../shared/limits.ts";
import { StartRefused } from "../shared/startRefused.ts";
import type { VerifyToken } from "./principal.ts";
import { fixedKey, type Trust, tokenVerifier } from "./verify.ts";

/** The default tenant of tokens. Microsoft's documentation uses this id in examples. */
export const defaultTenant = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

/** The two permissions that are sufficient for every operation of the contract. */
export const defaultScopes: readonly string[] = [
  "DeviceManagementServiceConfig.ReadWrite.All",
  "DeviceManagementConfiguration.ReadWrite.All",
];

/** The default lifetime of tokens in seconds, like the usual lifetime of tokens from Microsoft Entra ID. */
export const defaultLifetime = 3600;

const algorithm = "ES256";
/** The claim `iss` of tokens that were not issued by the token endpoint. */
const issuer = "urn:apple-enrollment:development";
export const developmentAudience = "https://graph.microsoft.com";

/** The claims and the lifetime of an access token. */
export interface TokenOptions {
  /** The tenant, claim `tid`: a UUID. */
  readonly tenant?: string;
  /** Delegated permissions, claim `scp`. Default: all permissions; if `roles` is given, no delegated permissions. */
  readonly scopes?: readonly string[];
  /** Application permissions, claim `roles`. */
  readonly roles?: readonly string[];
  /** The calling application, claims `appid` and `azp`. */
  readonly application?: string;
  /** Claim `iss`. Default: the issuer of the development identity. */
  readonly issuer?: string;
  /**
   * The time until the token expires, in seconds. Default: an hour. With 0 or less, the service refuses the token as expired.
   */
  readonly lifetime?: number;
}

export interface DevelopmentIdentity {
  /** Signs an access token. */
  issueToken(options?: TokenOptions): Promise<string>;
  /** The public key as a JSON Web Key Set (RFC 7517). */
  readonly publicKeys: JSONWebKeySet;
  readonly trust: Trust;
  readonly verifyToken: VerifyToken;
}

/** Creates an identity that exists only in this process, for tests and the demo. */
export async function ephemeralIdentity(): Promise<DevelopmentIdentity> {
  return createIdentity(await generateKey());
}

/**
 * Reads the identity from a data folder. If the folder has no key, one is created. If several processes start at the same time,
 * all of them use the key that was stored first.
 * @throws StartRefused if the key cannot be read or created.
 */
export async function storedIdentity(dataDir: string): Promise<DevelopmentIdentity> {
  const file = join(dataDir, "development-key.json");
  try {
    makePrivateFolder(dataDir);
    const stored = readFileIfExists(file) ?? writePrivateFileOnce(file, JSON.stringify(await generateKey()));
    return await createIdentity(JSON.parse(stored));
  } catch (error) {
    const isSystemError = error instanceof Error && "syscall" in error && "code" in error;
    const why = isSystemError ? ` (${String(error.code)})` : ": it is damaged";
    throw new StartRefused(`The development key ${file} cannot be read or created${why}.`, { cause: error });
  }
}

async function generateKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return exportJWK(privateKey);
}

async function createIdentity(jwk: JWK): Promise<DevelopmentIdentity> {
  const { d: _private, ...publicJwk } = jwk;
  const [signingKey, key] = [await importKey(jwk, "private"), await importKey(publicJwk, "public")];
  const kid = await calculateJwkThumbprint(publicJwk);
  const trust: Trust = {
    issues: (iss, tenant) => iss === issuer || isTokenEndpoint(iss, tenant),
    algorithms: [algorithm],
    audiences: [developmentAudience],
    keys: fixedKey(key),
  };
  return {
    trust,
    verifyToken: tokenVerifier([trust]),
    publicKeys: { keys: [{ ...publicJwk, kid, use: "sig", alg: algorithm }] },
    issueToken: (options = {}) => {
      const { tenant = defaultTenant, roles, application, lifetime = defaultLifetime } = options;
      const { scopes = roles ? [] : defaultScopes } = options;
      const now = Math.floor(Date.now() / 1000);
      // A token that expires only now would still be accepted during the leeway.
      const expires = lifetime > 0 ? now + lifetime : now + lifetime - tokenLeeway;
      return new SignJWT({
        tid: tenant,
        ...(scopes.length > 0 && { scp: scopes.join(" ") }),
        ...(roles && { roles }),
        ...(application !== undefined && { appid: application, azp: application }),
      })
        .setProtectedHeader({ alg: algorithm, typ: "JWT", kid })
        .setIssuer(options.issuer ?? issuer)
        .setAudience(developmentAudience)
        .setIssuedAt(now)
        .setNotBefore(now)
        .setExpirationTime(expires)
        .sign(signingKey);
    },
  };
}

/** Whether the issuer is this service's token endpoint. Any host is accepted, because callers use different hosts. */
function isTokenEndpoint(iss: string, tenant: string): boolean {
  return /^https?:\/\/[^/]+\/([\da-f-]+)\/v2\.0$/i.exec(iss)?.[1]?.toLowerCase() === tenant.toLowerCase();
}

async function importKey(jwk: JWK, type: "private" | "public"): Promise<CryptoKey> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array || key.type !== type)
    throw new Error(`The key must be a ${type} key of an elliptic curve.`);
  return key;
}
