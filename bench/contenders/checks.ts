/** Validates tokens and bodies as a careful user of an OpenAPI framework would. Both OpenAPI frameworks use it. */
import { readFileSync } from "node:fs";
import { storedIdentity } from "../../server/auth/development.ts";
import { setting } from "./lifecycle.ts";

interface Caller {
  readonly scopes: ReadonlySet<string>;
  /** The expiry time of the token, in milliseconds since 1970. */
  readonly until: number;
}

/** Returns a function that checks a token and its scopes. Results are cached, so that jose verifies each token once. */
export async function tokenChecker(): Promise<(authorization: unknown, scopes: readonly string[]) => Promise<boolean>> {
  const { verifyToken } = await storedIdentity(setting("DATA_DIR"));
  const known = new Map<string, Caller>();

  async function callerOf(token: string): Promise<Caller | undefined> {
    const caller = known.get(token);
    if (caller !== undefined && caller.until > Date.now()) return caller;
    try {
      const { scopes } = await verifyToken(token);
      const claims: { exp: number } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
      const verified = { scopes, until: claims.exp * 1_000 };
      known.set(token, verified);
      return verified;
    } catch {
      return undefined;
    }
  }

  return async (authorization, scopes) => {
    const caller = await callerOf(String(authorization).replace(/^Bearer /i, ""));
    return caller !== undefined && scopes.every((scope) => caller.scopes.has(scope));
  };
}

/** Returns the contract without discriminator mappings, which Ajv does not support. */
export function contractForAjv(): object {
  const text = readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8");
  return JSON.parse(text, (name, value) => (name === "discriminator" ? { propertyName: value.propertyName } : value));
}

/** The options of Ajv: values are not coerced, and discriminators are supported. */
export const ajvOptions = { strict: false, discriminator: true, validateFormats: false } as const;
