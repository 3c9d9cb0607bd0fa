/**
 * The steps that a request to a contract passes before its body is read. app.ts lists them in their order.
 *
 * A route that the contract does not have asks for a token as well: without a token a caller does not learn which routes exist.
 */
import type { FastifyRequest } from "fastify";
import { authenticate, authorize } from "../auth/bearer.ts";
import type { Principal, VerifyToken } from "../auth/principal.ts";
import { short } from "../domain/errors.ts";
import { noRoute, RequestError } from "../http/errors.ts";
import type { Step } from "../http/steps.ts";
import { isNoId } from "./allowedMethods.ts";
import type { Operation } from "./operations.ts";
import type { LimitRate } from "./rateLimit.ts";
import { resultHeader, wantsRepeat } from "./repeatability.ts";

declare module "fastify" {
  interface FastifyRequest {
    principal: Principal;
  }
  interface FastifyContextConfig {
    /** The operation that the route answers. A route without one does not belong to a contract. */
    operation?: Operation;
  }
}

/** Makes a request fail or wait, as a test has asked; undefined: the request goes on. The promise rejects with the error. */
export type InjectFault = (principal: Principal, operation: Operation) => Promise<void> | undefined;

/** The principal of a request to a public operation. */
const anonymous: Principal = { tenant: "", application: "", scopes: new Set() };

function operationOf(request: FastifyRequest): Operation | undefined {
  return request.routeOptions.config.operation;
}

function isPublic(operation: Operation | undefined): boolean {
  return operation !== undefined && operation.scopes === undefined;
}

/** Drops the Content-Type of a request without a body: Fastify would refuse a malformed one with 415. */
export const ignoreContentType: Step = (request) => {
  if (operationOf(request)?.bodySchema === undefined && request.headers["content-type"] !== undefined) {
    Reflect.deleteProperty(request.headers, "content-type");
  }
};

/** Verifies the token, and sets `request.principal`. @throws RequestError 401 */
export function checkToken(verifyToken: VerifyToken): Step {
  return (request) => {
    const principal = isPublic(operationOf(request)) ? anonymous : authenticate(request.raw, verifyToken);
    if (!(principal instanceof Promise)) {
      request.principal = principal;
      return;
    }
    return principal.then((verified) => {
      request.principal = verified;
    });
  };
}

/** Counts the request of a principal. @throws RequestError 429 with Retry-After */
export function checkRate(limitRate: LimitRate | undefined): Step {
  if (!limitRate) return () => {};
  return (request) => {
    if (!isPublic(operationOf(request))) limitRate(request.principal);
  };
}

/** Makes the request fail or wait if a test has asked for that. @throws RequestError of the status that the test chose */
export function injectFaults(injectFault: InjectFault | undefined): Step {
  if (!injectFault) return () => {};
  return (request) => {
    const operation = operationOf(request);
    return operation && injectFault(request.principal, operation);
  };
}

/**
 * Refuses a path whose id is empty or starts with `$`: it matches a route, but names nothing.
 * @param missingRoute makes the error of a path that no route matches. @throws RequestError 404, 405
 */
export function checkId(missingRoute: (request: FastifyRequest) => RequestError): Step {
  return (request) => {
    if (operationOf(request) && Object.values(Object(request.params)).some(isNoId)) throw missingRoute(request);
  };
}

/** @throws RequestError 403 if the token has none of the scopes that open the operation. */
export const checkScopes: Step = (request) => {
  const scopes = operationOf(request)?.scopes;
  if (scopes !== undefined) authorize(request.principal, scopes);
};

/** With the setting STRICT: refuses what the real service refuses. @throws RequestError 400 */
export const checkStrict: Step = (request) => {
  if (operationOf(request)?.isRefused) throw new RequestError(400, `${noRoute}.`, { code: noRoute });
};

/** @throws RequestError 415 if the body is compressed. */
export const checkEncoding: Step = (request) => {
  const encoding = request.headers["content-encoding"];
  if (encoding === undefined || encoding.toLowerCase() === "identity") return;
  if (operationOf(request)?.bodySchema === undefined) return;
  const message = `Content-Encoding is ${short(encoding)}; the request body must not be encoded.`;
  throw new RequestError(415, message, { details: [{ target: "Content-Encoding", message }] });
};

/** Answers a repeatable request with `Repeatability-Result: rejected` until its headers are known to be well-formed. */
export const markRepeatable: Step = (request, reply) => {
  if (operationOf(request)?.isRepeatable && wantsRepeat(request.headers)) reply.headers(resultHeader("rejected"));
};
