/** Bearer tokens in requests (RFC 6750). A token identifies the caller, and its scopes determine the permitted operations. */
import type { IncomingMessage } from "node:http";
import { RequestError } from "../http/errors.ts";
import { isRepeated } from "../http/rawHeaders.ts";
import { type Principal, TokenRefused, type VerifyToken } from "./principal.ts";

/** The WWW-Authenticate header of a 401 or 403 (RFC 6750, section 3). */
export const bearerChallenge = 'Bearer realm="apple-enrollment"';

/**
 * Verifies the token in the Authorization header.
 * @returns the principal itself if the token is in the cache, or else a promise for it.
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
 * Checks the principal's scopes.
 * @param alternatives lists of scopes. The principal needs all scopes of at least one list.
 * @throws RequestError 403 that names the required scopes.
 */
export function authorize(principal: Principal, alternatives: readonly (readonly string[])[]): void {
  if (alternatives.some((scopes) => scopes.every((scope) => principal.scopes.has(scope)))) return;
  const required = alternatives.map((scopes) => scopes.join(" with ")).join(", or ");
  const scope = [...new Set(alternatives.flat())].join(" ");
  const header = `${bearerChallenge}, error="insufficient_scope", scope="${scope}"`;
  throw new RequestError(403, `The access token does not have the required scopes: ${required}.`, {
    headers: { "www-authenticate": header },
  });
}
