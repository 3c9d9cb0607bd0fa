/** Bearer tokens in requests (RFC 6750): who calls, and whether the token opens the operation. */
import type { IncomingMessage } from "node:http";
import { RequestError } from "../http/errors.ts";
import { isRepeated } from "../http/rawHeaders.ts";
import { type Principal, TokenRefused, type VerifyToken } from "./principal.ts";

/** What a 401 or 403 asks for (RFC 6750, 3). */
export const bearerChallenge = 'Bearer realm="apple-enrollment"';

/**
 * @param request whose Authorization header is to be looked at.
 * @returns the principal, at once if the token is known.
 * @throws RequestError 401 with a challenge.
 */
export function authenticate(
  { headers, rawHeaders }: IncomingMessage,
  verifyToken: VerifyToken,
): Principal | Promise<Principal> {
  if (isRepeated("authorization", rawHeaders))
    throw unauthorized("The request has more than one Authorization header.");
  const token = /^Bearer +([^\s]+) *$/i.exec(headers.authorization ?? "")?.[1];
  if (token === undefined) {
    throw unauthorized("An access token is required: send it as Authorization: Bearer <token>.");
  }
  const principal = verifyToken(token);
  return principal instanceof Promise ? principal.catch(refuseToken) : principal;
}

function unauthorized(message: string): RequestError {
  return new RequestError(401, message, { headers: { "www-authenticate": bearerChallenge } });
}

function refuseToken(error: unknown): never {
  if (!(error instanceof TokenRefused)) throw error;
  const header = `${bearerChallenge}, error="invalid_token", error_description="${error.message}"`;
  throw new RequestError(401, error.message, { cause: error, headers: { "www-authenticate": header } });
}

/**
 * @param alternatives lists of scopes; the principal needs all of one list.
 * @throws RequestError 403 naming the scopes that would do.
 */
export function authorize(principal: Principal, alternatives: readonly (readonly string[])[]): void {
  if (alternatives.some((scopes) => scopes.every((scope) => principal.scopes.has(scope)))) return;
  const would = alternatives.map((scopes) => scopes.join(" with ")).join(", ");
  const scope = [...new Set(alternatives.flat())].join(" ");
  const header = `${bearerChallenge}, error="insufficient_scope", scope="${scope}"`;
  throw new RequestError(403, `The token has none of the scopes that would do: ${would}.`, {
    headers: { "www-authenticate": header },
  });
}
