/**
 * The steps that a request to a contract passes before its body is read. app.ts lists them in the order in which they run.
 *
 * A request for a path outside the contract also needs a token, so that a caller without a token cannot find out which routes
 * exist.
 */
import type { FastifyRequest } from "fastify";
import { authenticate, authorize } from "../auth/bearer.ts";
import type { Principal, VerifyToken } from "../auth/principal.ts";
import { short } from "../domain/errors.ts";
import { RequestError, serviceUnavailable } from "../http/errors.ts";
import { holdMemory, isMemoryUsedUp } from "../http/load/heldMemory.ts";
import type { Step } from "../http/steps.ts";
import { heldMemory, sizes } from "../shared/limits.ts";
import { cannotBeId } from "./allowedMethods.ts";
import type { Operation } from "./operations.ts";
import type { LimitRate } from "./rateLimit.ts";
import { resultHeader, wantsRepeat } from "./repeatability.ts";
import { isCompressed } from "./validation/compression.ts";

declare module "fastify" {
  interface FastifyRequest {
    principal: Principal;
    /** The contract's operation that serves the request. Undefined: no route matches the request. */
    operation: Operation | undefined;
  }
  interface FastifyContextConfig {
    /** The contract's operation that the route serves. Undefined: the route does not belong to a contract. */
    operation?: Operation;
  }
}

/**
 * Injects the fault that a test has queued for the operation.
 * @returns undefined if no fault is queued, or else a promise that resolves after the delay, or rejects with the injected
 *   error.
 */
export type InjectFault = (request: FastifyRequest, operation: Operation) => Promise<void> | undefined;

/** The principal of every request to a public operation: such a request is not authenticated. */
const anonymous: Principal = { tenant: "", application: "", scopes: new Set() };

/** Sets `request.operation`, because Fastify creates `routeOptions` anew each time that it is read. */
export const findOperation: Step = (request) => {
  request.operation = request.routeOptions.config.operation;
};

function isPublic(operation: Operation | undefined): boolean {
  return operation !== undefined && operation.scopes === undefined;
}

/** Removes the header Content-Type if the operation takes no body: Fastify would refuse a malformed value with 415. */
export const ignoreContentType: Step = (request) => {
  if (request.operation?.bodySchema === undefined && request.headers["content-type"] !== undefined) {
    Reflect.deleteProperty(request.headers, "content-type");
  }
};

/** Verifies the token, and sets `request.principal`. @throws RequestError 401 */
export function checkToken(verifyToken: VerifyToken): Step {
  return (request) => {
    const principal = isPublic(request.operation) ? anonymous : authenticate(request.raw, verifyToken);
    if (!(principal instanceof Promise)) {
      request.principal = principal;
      return;
    }
    return principal.then((verified) => {
      request.principal = verified;
    });
  };
}

/** Counts the request towards the principal's rate limit. @throws RequestError 429 with Retry-After */
export function checkRate(limitRate: LimitRate | undefined): Step {
  if (!limitRate) return () => {};
  return (request) => {
    if (!isPublic(request.operation)) limitRate(request.principal);
  };
}

/** Injects the fault that a test has queued for the request. @throws RequestError with the status that the test chose */
export function injectFaults(injectFault: InjectFault | undefined): Step {
  if (!injectFault) return () => {};
  return (request) => {
    const { operation } = request;
    return operation && injectFault(request, operation);
  };
}

/**
 * Refuses a path whose id is empty or starts with `$`: the router matches such a path, but no entity can have that id.
 * @param missingRoute creates the error for a path that matches no route. @throws RequestError 404 or 405
 */
export function checkId(missingRoute: (request: FastifyRequest) => RequestError): Step {
  return (request) => {
    if (request.operation && Object.values(Object(request.params)).some(cannotBeId)) throw missingRoute(request);
  };
}

/** Checks the token's scopes. @throws RequestError 403 if they do not permit the operation. */
export const checkScopes: Step = (request) => {
  const scopes = request.operation?.scopes;
  if (scopes !== undefined) authorize(request.principal, scopes);
};

/** Refuses a request body that is compressed in another way than with gzip. @throws RequestError 415 */
export const checkEncoding: Step = (request) => {
  const encoding = request.headers["content-encoding"];
  if (encoding === undefined || encoding.toLowerCase() === "identity" || isCompressed(request)) return;
  if (request.operation?.bodySchema === undefined) return;
  const message = `Content-Encoding is ${short(encoding)}; it must be gzip, or the body must not be encoded.`;
  throw new RequestError(415, message, { details: [{ target: "Content-Encoding", message }] });
};

/**
 * Sets `Repeatability-Result: rejected` for a repeatable request. If its headers are valid, mount.ts sets `accepted`
 * instead.
 */
export const markRepeatable: Step = (request, reply) => {
  if (request.operation?.isRepeatable && wantsRepeat(request.headers)) reply.headers(resultHeader("rejected"));
};

/**
 * Counts a long body until the request is answered. A body of unknown length counts as the longest. What a compressed body
 * becomes is counted when it has been decompressed.
 * @throws RequestError 503 if the process or the tenant already has too many of them.
 */
export const holdBody: Step = (request, reply) => {
  if (request.operation?.bodySchema === undefined) return;
  const { "content-length": given, "transfer-encoding": encoding } = request.headers;
  const length = encoding === undefined ? Math.min(Number(given ?? 0), sizes.body) : sizes.body;
  if (length < heldMemory.counted) return;
  const { tenant } = request.principal;
  if (isMemoryUsedUp(tenant)) throw tooManyBodies;
  holdMemory(reply.raw, tenant, length);
};

const tooManyBodies = serviceUnavailable("Too many long request bodies are being received. Try again later.");
