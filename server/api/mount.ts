/**
 * Mounts a contract: walks its operations and makes a route of each, from method, path, schemas, security and
 * handler. A request passes, in this order: token (401), rate (429), route (404, 405), scopes (403), media type (415), size (413),
 * body and parameters (400), handler. What a test has asked for stands in the place of the rate.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { authenticate, authorize } from "../auth/bearer.ts";
import type { Principal, VerifyToken } from "../auth/principal.ts";
import { type DomainError, short } from "../domain/errors.ts";
import { Json } from "../domain/json.ts";
import { requestIdHeader } from "../domain/repeats.ts";
import { nothingAt } from "../http/errorHandler.ts";
import { noRoute, RequestError, requestErrorOf } from "../http/errors.ts";
import { wantsNoMetadata, withoutMetadata } from "../odata/metadataLevel.ts";
import { allowedAt, isNoId } from "./allowedMethods.ts";
import type { ControlHandlers, Handlers } from "./handlerTypes.ts";
import { type ContractDocument, type Operation, operationsOf } from "./operations.ts";
import type { LimitRate } from "./rateLimit.ts";
import { repeatOf, resultHeader, wantsRepeat } from "./repeatability.ts";
import { subrequestsOf } from "./subrequests.ts";
import { readJson } from "./validation/jsonBody.ts";
import { type Check, compileChecks } from "./validation/validation.ts";

declare module "fastify" {
  interface FastifyRequest {
    principal: Principal;
  }
  interface FastifyContextConfig {
    /** The operation a route answers; a route without one is not of the contract. */
    operation?: Operation;
  }
}

/** The path of the service root, as in its contract's `servers`. */
export const rootPath = "/beta";

/** Media type and parameters of Graph's own answers. */
const graphJson = graphJsonWith("minimal");
const graphJsonWithoutMetadata = graphJsonWith("none");

function graphJsonWith(metadata: "minimal" | "none"): string {
  return `application/json;odata.metadata=${metadata};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`;
}

/** Lets a request fail or wait, or undefined if it is to go on. The promise rejects with what it is answered. */
export type Interfere = (principal: Principal, operation: Operation) => Promise<void> | undefined;

export interface MountOptions {
  readonly document: ContractDocument;
  readonly handlers: Handlers | ControlHandlers;
  readonly verifyToken: VerifyToken;
  /** Refuses what a principal asks for too often. */
  readonly limitRate?: LimitRate | undefined;
  /** Lets requests fail that a test wants to; none by default. */
  readonly interfere?: Interfere | undefined;
  /** The path of the contract's root; the service root's by default. */
  readonly rootPath?: string;
}

/** @throws Error in one sentence, if an operation has no handler, no name or no security. */
export function mount(app: FastifyInstance, options: MountOptions): void {
  const { document, handlers, verifyToken, limitRate, interfere, rootPath: prefix = rootPath } = options;
  const compile = compileChecks(document);
  const operations = operationsOf(document);
  const routes = operations.map((operation) => ({
    operation,
    check: compile(operation),
    handler: handlerOf(handlers, operation.operationId),
  }));

  // Once for both contracts.
  if (!app.hasRequestDecorator("principal")) app.decorateRequest("principal");
  app.register(
    async (beta) => {
      // Callbacks and not promises, here and below: what is known is not waited for.
      beta.addHook("onRequest", (request, reply, done) => {
        const { operation } = request.routeOptions.config;
        // Else Fastify refuses a malformed one with a 415, also where no body is asked for.
        if (operation?.bodySchema === undefined && request.headers["content-type"] !== undefined) {
          Reflect.deleteProperty(request.headers, "content-type");
        }
        // An unknown route asks for a token as well: who has none learns nothing of the routes.
        const isPublic = operation !== undefined && operation.scopes === undefined;
        const principal = isPublic ? anonymous : authenticate(request.raw, verifyToken);
        const enter = (principal: Principal): boolean | Promise<boolean> => {
          request.principal = principal;
          if (!isPublic) limitRate?.(principal);
          if (operation === undefined) return true;
          const interference = interfere?.(principal, operation);
          return interference ? interference.then(() => admit(request, operation)) : admit(request, operation);
        };
        const goOn = (isAdmitted: boolean) => {
          if (!isAdmitted) return reply.callNotFound();
          // Until it is known to be well-formed.
          if (operation?.isRepeatable && wantsRepeat(request.headers)) reply.headers(resultHeader("rejected"));
          done();
        };
        const entered = principal instanceof Promise ? principal.then(enter) : enter(principal);
        if (entered instanceof Promise) entered.then(goOn, done);
        else goOn(entered);
      });
      beta.setNotFoundHandler((request, reply) => {
        const [path = ""] = request.url.split("?");
        const allow = allowedAt(path, prefix, operations);
        if (allow === undefined) throw nothingAt(request);
        if (request.method === "OPTIONS") return reply.code(204).header("allow", allow).send();
        const message = `${request.method} is not possible here; ${allow} would be.`;
        throw new RequestError(405, message, { headers: { allow } });
      });
      beta.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, bytes: Buffer, done) => {
          try {
            done(null, readJson(bytes));
          } catch (error) {
            done(error instanceof Error ? error : new Error(String(error)));
          }
        });
        for (const route of routes.filter(takesBody)) addRoute(scope, route, prefix);
      });
      for (const route of routes) if (!takesBody(route)) addRoute(beta, route, prefix);
    },
    { prefix },
  );
}

function refuseEncoding(encoding: string | undefined): void {
  if (encoding === undefined || encoding.toLowerCase() === "identity") return;
  const message = `The request body must not be encoded; Content-Encoding says ${short(encoding)}.`;
  throw new RequestError(415, message, { details: [{ target: "Content-Encoding", message }] });
}

/**
 * Whether the path names anything.
 * @throws RequestError 403, 400 where nothing will do, or 415 for the encoding.
 */
function admit({ params, headers, principal }: FastifyRequest, { scopes, bodySchema, isRefused }: Operation): boolean {
  if (Object.values(Object(params)).some(isNoId)) return false;
  if (scopes !== undefined) authorize(principal, scopes);
  if (isRefused) throw new RequestError(400, `${noRoute}.`, { code: noRoute });
  if (bodySchema !== undefined) refuseEncoding(headers["content-encoding"]);
  return true;
}

const anonymous: Principal = { tenant: "", application: "", scopes: new Set() };

interface Route {
  readonly operation: Operation;
  readonly check: Check;
  readonly handler: AnyHandler;
}

function takesBody({ operation }: Route): boolean {
  return operation.bodySchema !== undefined;
}

function addRoute(scope: FastifyInstance, { operation, check, handler }: Route, prefix: string): void {
  scope.route({
    method: operation.method,
    url: operation.path.replaceAll(/\{(\w+)\}/g, ":$1"),
    config: { operation },
    handler: async (request, sender) => {
      const { params, query, headers, body, principal } = request;
      const checked = check({ path: Object(params), query: Object(query), headers, body });
      const { method, url } = request;
      const repeat =
        operation.isRepeatable && wantsRepeat(headers)
          ? repeatOf({ principal, method, url, headers: checked.headers, body })
          : undefined;
      if (repeat) sender.headers(resultHeader("accepted"));
      const answer = await handler({
        ...checked,
        principal,
        repeat,
        root: rootOf(request, prefix),
        subrequests: () => subrequestsOf(request.raw, prefix, scope.routing),
        reply,
        refuse,
      });
      const isBare = operation.method === "GET" && wantsNoMetadata(headers.accept);
      return send(sender, isBare ? stripped(answer) : answer, operation);
    },
  });
}

/** The root of a contract as the caller addressed it; HTTP/1.0 callers may send no Host. @param prefix its path. */
export function rootOf(request: FastifyRequest, prefix: string): string {
  const { localAddress, localPort } = request.socket;
  // A proxy's word for it is a text like any other.
  const scheme = request.protocol.toLowerCase() === "https" ? "https" : "http";
  return `${scheme}://${request.host || `${localAddress}:${localPort}`}${prefix}`;
}

/** An answer as it is at run time, behind the type that says whose it is. */
interface PreparedAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly metadata?: "none";
}

type AnyHandler = (input: object) => Promise<PreparedAnswer>;

/**
 * The one cast: the contract's types meet the framework's. It is sound because `check` has compared the request with
 * the schemas that the handler's types are made from, and because only `reply` and `refuse` make an Answer.
 */
function handlerOf(handlers: Readonly<Record<string, unknown>>, operationId: string): AnyHandler {
  if (!Object.hasOwn(handlers, operationId))
    throw new Error(`Operation ${operationId} of the contract has no handler.`);
  return handlers[operationId] as AnyHandler;
}

function reply(status: number, ...rest: readonly unknown[]): PreparedAnswer {
  const [body, headers] = status === 204 || status === 304 ? [undefined, rest[0]] : rest;
  return { status, body, headers: Object(headers) };
}

function refuse(error: DomainError): never {
  throw requestErrorOf(error, error.target === requestIdHeader ? resultHeader("rejected") : {});
}

/** An answer in JSON without its control information; any other as it is. */
function stripped(answer: PreparedAnswer): PreparedAnswer {
  const { body } = answer;
  if (typeof body !== "object") return answer;
  const value: unknown = body instanceof Json ? JSON.parse(body.toString()) : body;
  return { ...answer, body: withoutMetadata(value), metadata: "none" };
}

function send(
  sender: FastifyReply,
  { status, body, headers = {}, metadata }: PreparedAnswer,
  { textType }: Operation,
): FastifyReply {
  sender.code(status).header("odata-version", "4.0").headers(headers);
  if (body === undefined) return sender.send();
  if (typeof body === "string") return sender.type(`${textType}; charset=utf-8`).send(body);
  return sender
    .type(metadata ? graphJsonWithoutMetadata : graphJson)
    .send(body instanceof Json ? body.toString() : JSON.stringify(body));
}
