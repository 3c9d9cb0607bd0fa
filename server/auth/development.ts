/**
 * The development identity: a key pair of this installation's own, made on first start and kept in the data folder.
 * It signs the tokens that `npm run token` prints, and those that the service's own token endpoint gives to whoever asks.
 */
import { join } from "node:path";
import type { CryptoKey, JSONWebKeySet, JWK } from "jose";
import { calculateJwkThumbprint } from "jose/jwk/thumbprint";
import { SignJWT } from "jose/jwt/sign";
import { exportJWK } from "jose/key/export";
import { generateKeyPair } from "jose/key/generate/keypair";
import { importJWK } from "jose/key/import";
import { makePrivateFolder, readFileIfExists, writePrivateFileOnce } from "../shared/files.ts";
import { StartRefused } from "../shared/startRefused.ts";
import type { VerifyToken } from "./principal.ts";
import { fixedKey, type Trust, tokenVerifier } from "./verify.ts";

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
/** The issuer of tokens that no service was asked for. */
const issuer = "urn:apple-enrollment:development";
export const developmentAudience = "https://graph.microsoft.com";

/** What a token says. */
export interface TokenOptions {
  /** The tenant, claim `tid`: a UUID. */
  readonly tenant?: string;
  /** Delegated permissions, claim `scp`. Default: those that open everything, unless there are roles. */
  readonly scopes?: readonly string[];
  /** Application permissions, claim `roles`. */
  readonly roles?: readonly string[];
  /** The application that asks, claims `appid` and `azp`. */
  readonly application?: string;
  /** Claim `iss`. Default: this identity. */
  readonly issuer?: string;
  /** Seconds. Default: an hour. */
  readonly lifetime?: number;
}

export interface DevelopmentIdentity {
  /** A signed access token. */
  issueToken(options?: TokenOptions): Promise<string>;
  /** The public key as a JSON Web Key Set (RFC 7517). */
  readonly publicKeys: JSONWebKeySet;
  readonly trust: Trust;
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
    makePrivateFolder(dataDir);
    const stored = readFileIfExists(file) ?? writePrivateFileOnce(file, JSON.stringify(await newKey()));
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
  const kid = await calculateJwkThumbprint(publicJwk);
  const trust: Trust = {
    issues: (iss, tenant) => iss === issuer || isOwnOrigin(iss, tenant),
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
        .setExpirationTime(now + lifetime)
        .sign(signingKey);
    },
  };
}

/** The service itself, under whatever name the caller of its token endpoint knew it. */
function isOwnOrigin(iss: string, tenant: string): boolean {
  return /^https?:\/\/[^/]+\/([\da-f-]+)\/v2\.0$/i.exec(iss)?.[1]?.toLowerCase() === tenant.toLowerCase();
}

async function keyFrom(jwk: JWK, type: "private" | "public"): Promise<CryptoKey> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array || key.type !== type) throw new Error(`This is no ${type} key of an elliptic curve.`);
  return key;
}
