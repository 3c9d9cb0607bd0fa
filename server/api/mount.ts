/**
 * Mounts a contract: each operation becomes a route with the operation's method, path, schemas, security and handler. A request
 * passes the admission steps that app.ts lists. Then Fastify reads the body (errors: 415 and 413), and the body and the
 * parameters are validated against the contract's schemas (400). Only then is the handler called.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Spelling, spellingOf } from "../../contract/spelling.ts";
import { errorSender, routeNotFound } from "../http/errorHandler.ts";
import { methodNotAllowed, type RequestError } from "../http/errors.ts";
import { holdMemory } from "../http/load/heldMemory.ts";
import { inOrder, type Step } from "../http/steps.ts";
import { wantsNoMetadata } from "../odata/metadataLevel.ts";
import { heldMemory } from "../shared/limits.ts";
import { allowedAt } from "./allowedMethods.ts";
import type { AnswerForm } from "./answerForm.ts";
import type { ControlHandlers, Handlers } from "./handlerTypes.ts";
import { type ContractDocument, type Operation, operationsOf } from "./operations.ts";
import { repeatOf, resultHeader, wantsRepeat } from "./repeatability.ts";
import { type PreparedAnswer, refuse, reply, sendAnswer } from "./reply.ts";
import { rootOf } from "./serviceRoot.ts";
import { subrequestsOf } from "./subrequests.ts";
import { decompress, decompressedLength, isCompressed } from "./validation/compression.ts";
import { readJson } from "./validation/jsonBody.ts";
import { type Check, compileChecks } from "./validation/validation.ts";

export interface MountOptions {
  readonly document: ContractDocument;
  readonly handlers: Handlers | ControlHandlers;
  /** The path of the contract's root. */
  readonly rootPath: string;
  /** The steps that run before the body is read. @param missingRoute creates the 404 or 405 for a path below the root. */
  readonly admission: (missingRoute: (request: FastifyRequest) => RequestError) => readonly Step[];
  /** The form of the answers. Default: as the handlers create them. */
  readonly form?: AnswerForm | undefined;
}

interface Route {
  readonly operation: Operation;
  readonly check: Check;
  readonly handler: AnyHandler;
}

/** Adds the contract's routes. @throws Error if an operation has no handler, no operationId or no security. */
export function mount(app: FastifyInstance, options: MountOptions): void {
  const { document, handlers, rootPath, admission, form = {} } = options;
  const compile = compileChecks(document);
  const operations = operationsOf(document);
  const routes = operations.map((operation) => ({
    operation,
    check: compile(operation),
    handler: handlerOf(handlers, operation.operationId),
  }));
  const allowed = ({ url }: FastifyRequest) => allowedAt(url.split("?", 1)[0] ?? "", rootPath, operations);
  const missingRoute = (request: FastifyRequest) =>
    form.missingRoute?.(request, { rootPath, operations }) ?? missingRouteOf(request, allowed(request));

  app.register(
    async (root) => {
      if (form.error) root.setErrorHandler(errorSender(form.error));
      root.addHook("onRequest", inOrder(admission(missingRoute)));
      root.setNotFoundHandler((request, sender) => {
        const allow = request.method === "OPTIONS" ? allowed(request) : undefined;
        if (allow === undefined) throw missingRoute(request);
        return sender.code(204).header("allow", allow).send();
      });
      root.register(async (scope) => {
        readJsonBodies(scope, document);
        for (const route of routes.filter(takesBody)) addRoute(scope, route, { rootPath, form });
      });
      for (const route of routes) if (!takesBody(route)) addRoute(root, route, { rootPath, form });
    },
    { prefix: rootPath },
  );
}

/** Returns a 405 if the path supports other methods, or else a 404. */
function missingRouteOf(request: FastifyRequest, allow: string | undefined): RequestError {
  return allow === undefined ? routeNotFound(request) : methodNotAllowed(request.method, allow);
}

function readJsonBodies(scope: FastifyInstance, document: ContractDocument): void {
  // The names are read at the first body, because most of the time of a start is spent on the contract.
  let spelling: Spelling | undefined;
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, bytes: Buffer, done) => {
    try {
      const content = isCompressed(request) ? decompress(request.raw, bytes) : bytes;
      spelling ??= spellingOf(document);
      done(null, readJson(content, spelling));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function takesBody({ operation }: Route): boolean {
  return operation.bodySchema !== undefined;
}

function addRoute(
  scope: FastifyInstance,
  { operation, check, handler }: Route,
  { rootPath, form }: { readonly rootPath: string; readonly form: AnswerForm },
): void {
  scope.route({
    method: operation.method,
    url: operation.path.replaceAll(/\{(\w+)\}/g, ":$1"),
    config: { operation },
    handler: async (request, sender) => {
      const { params, query, headers, body, principal, method, url } = request;
      const checked = check({ path: Object(params), query: Object(query), headers, body });
      if (isCompressed(request)) holdDecompressed(request, sender);
      const repeat =
        operation.isRepeatable && wantsRepeat(headers)
          ? repeatOf({ principal, method, url, headers: checked.headers, body })
          : undefined;
      if (repeat) sender.headers(resultHeader("accepted"));
      const answer = await handler({
        ...checked,
        headers: form.requestHeaders?.(checked.headers) ?? checked.headers,
        principal,
        repeat,
        root: rootOf(request, rootPath),
        subrequests: () =>
          subrequestsOf(
            { request: request.raw, answer: sender.raw, tenant: principal.tenant },
            rootPath,
            scope.routing,
          ),
        reply,
        refuse,
      });
      const isBare = operation.method === "GET" && wantsNoMetadata(headers.accept);
      return sendAnswer(sender, answer, operation, { isBare, form });
    },
  });
}

/** Counts a long body that has been decompressed until the request is answered. */
function holdDecompressed({ raw, principal }: FastifyRequest, sender: FastifyReply): void {
  const length = decompressedLength(raw);
  if (length >= heldMemory.counted) holdMemory(sender.raw, principal.tenant, length);
}

type AnyHandler = (input: object) => Promise<PreparedAnswer>;

/**
 * Returns an operation's handler. This is the only cast between the contract's types and Fastify's. It is sound because `check`
 * has validated the request against the schemas from which the handler's types are generated, and because only `reply` and
 * `refuse` create an `Answer`.
 */
function handlerOf(handlers: Readonly<Record<string, unknown>>, operationId: string): AnyHandler {
  if (!Object.hasOwn(handlers, operationId)) {
    throw new Error(`Operation ${operationId} of the contract has no handler.`);
  }
  return handlers[operationId] as AnyHandler;
}
