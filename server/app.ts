/** The application: everything that answers a request. It reads no environment and opens no port. */
import { randomUUID } from "node:crypto";
import { maxHeaderSize } from "node:http";
import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { v7 as uuidv7 } from "uuid";
import document from "../generated/openapi.json" with { type: "json" };
import type { VerifyToken } from "./auth/principal.ts";
import { serveDocs } from "./docs.ts";
import type { ContractDocument } from "./document.ts";
import type { Store } from "./domain/store.ts";
import { answerBrokenRequest, answerErrors, bodyLimit, sendError } from "./errorHandlers.ts";
import { createHandlers } from "./handlers.ts";
import { mount } from "./mount.ts";
import { normalTarget } from "./odata/requestTarget.ts";

export interface AppDependencies {
  readonly store: Store;
  readonly verifyToken: VerifyToken;
  /** The contract to keep; the project's own by default. */
  readonly document?: ContractDocument;
  readonly now?: () => Date;
  readonly logger?: FastifyServerOptions["logger"];
}

/** @throws Error in one sentence, if the contract and the handlers do not fit each other. */
export function buildApp({
  store,
  verifyToken,
  document: contract = document,
  now = () => new Date(),
  logger = false,
}: AppDependencies): FastifyInstance {
  const app = Fastify({
    logger,
    genReqId: () => randomUUID(),
    bodyLimit,
    // Never exceeded: ids are opaque, so that an overlong one is an unknown id or a 414, not another route.
    routerOptions: { maxParamLength: maxHeaderSize },
    // Milliseconds. Fastify's own defaults are 0, never.
    connectionTimeout: 60_000,
    requestTimeout: 30_000,
    // Longer than a request may take to arrive: a slow caller is no fault of the store's.
    handlerTimeout: 60_000,
    keepAliveTimeout: 72_000,
    // A request that arrives while the service stops is answered, on a connection that then closes.
    return503OnClosing: false,
    rewriteUrl: ({ url = "/" }) => normalTarget(url),
    // A request without Host gets its 400 here, as a Graph error, and not from Node, bare.
    http: { requireHostHeader: false, connectionsCheckingInterval: 5_000 },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: sendError,
  });
  answerErrors(app);
  serveDocs(app);
  mount(app, {
    document: contract,
    handlers: createHandlers({ store, newId: uuidv7, now }),
    verifyToken,
  });
  return app;
}
