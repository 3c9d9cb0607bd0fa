/** How a careful user of an OpenAPI framework would check tokens and bodies: what both of them here are given. */
import { readFileSync } from "node:fs";
import { storedIdentity } from "../../server/auth/development.ts";
import { setting } from "./lifecycle.ts";

interface Caller {
  readonly scopes: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Whether a token is good and has all of the scopes. jose verifies it, once: good tokens are remembered. */
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

/** The contract as Ajv can read it: its discriminators have mappings, which Ajv refuses. */
export function contractForAjv(): object {
  const text = readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8");
  return JSON.parse(text, (name, value) => (name === "discriminator" ? { propertyName: value.propertyName } : value));
}

/** Nothing coerced, nothing removed, discriminators understood. */
export const ajvOptions = { strict: false, discriminator: true, validateFormats: false } as const;
