/** Builds forged tokens with any header, claims and signature. */
import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { Target } from "./target.ts";

export type Signer = (input: string) => Buffer;

/** The claims of a token with all permissions, valid for a minute. */
export function goodClaims(tenant: string): Record<string, unknown> {
  return {
    iss: "urn:apple-enrollment:development",
    aud: "https://graph.microsoft.com",
    tid: tenant,
    scp: "DeviceManagementServiceConfig.ReadWrite.All",
    exp: secondsFromNow(60),
  };
}

export function secondsFromNow(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

/** Builds a token in compact form. Strings are used unchanged; other values are serialized as JSON. */
export function token(header: unknown, claims: unknown, signer: Signer): string {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${signer(input).toString("base64url")}`;
}

function part(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return Buffer.from(text).toString("base64url");
}

export const unsigned: Signer = () => Buffer.alloc(0);

export function hmac(secret: string | Buffer, hash = "sha256"): Signer {
  return (input) => createHmac(hash, secret).update(input).digest();
}

export function ecdsa(key: KeyObject, dsaEncoding: "ieee-p1363" | "der" = "ieee-p1363"): Signer {
  return (input) => sign("sha256", Buffer.from(input), { key, dsaEncoding });
}

/** The service's key, with its public key in every encoding that a weak verifier could use as an HMAC secret. */
export function keysOf({ jwk }: Target) {
  const { d: _private, ...publicJwk } = jwk;
  const publicKey = createPublicKey({ key: publicJwk, format: "jwk" });
  const coordinate = (text: string | undefined) => Buffer.from(text ?? "", "base64url");
  return {
    privateKey: createPrivateKey({ key: jwk, format: "jwk" }),
    publicForms: {
      JWK: JSON.stringify(publicJwk),
      PEM: publicKey.export({ type: "spki", format: "pem" }),
      DER: publicKey.export({ type: "spki", format: "der" }),
      point: Buffer.concat([Buffer.of(4), coordinate(jwk.x), coordinate(jwk.y)]),
    },
  };
}

/** Creates the attacker's own key pair, which the service does not trust. */
export function attackersKey() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { privateKey, publicJwk: publicKey.export({ format: "jwk" }) };
}
