/** The application: everything that answers a request. It reads no environment and opens no port. */
import { randomUUID } from "node:crypto";
import Fastify, { type FastifyInstance } from "fastify";
import { v7 as uuidv7 } from "uuid";
import document from "../generated/openapi.json" with { type: "json" };
import { mount } from "./api/mount.ts";
import type { ContractDocument } from "./api/operations.ts";
import type { LimitRate } from "./api/rateLimit.ts";
import { strictly } from "./api/strictContract.ts";
import type { DevelopmentIdentity } from "./auth/development.ts";
import type { VerifyToken } from "./auth/principal.ts";
import { serveDevelopmentIdentity } from "./auth/tokenEndpoint.ts";
import { openControl } from "./control/control.ts";
import type { Store } from "./domain/store.ts";
import { createHandlers } from "./graph/profileHandlers.ts";
import { answerBrokenRequest, answerErrors, type ReportFault, sendError } from "./http/errorHandler.ts";
import { serveProbes } from "./http/probes.ts";
import { type Observe, observeRequests } from "./observability/observation.ts";
import { normalTarget } from "./odata/requestTarget.ts";
import { serveDocs } from "./pages/docs.ts";
import { serveLanding } from "./pages/landing.ts";
import { connections, sizes, times } from "./shared/limits.ts";
import type { TlsCredentials } from "./tls/credentials.ts";

export interface AppDependencies {
  readonly store: Store;
  /** What the store is, in a sentence for the page at `/`. */
  readonly storage?: string;
  readonly verifyToken: VerifyToken;
  /** The contract to keep; the project's own by default. */
  readonly document?: ContractDocument;
  readonly now?: () => Date;
  readonly reportFault?: ReportFault;
  /** Is told of each request and its answer; by default nobody is, which costs nothing. */
  readonly observe?: Observe | undefined;
  /** Is given the service before anything looks at a request. */
  readonly traceRequests?: ((app: FastifyInstance) => void) | undefined;
  /** Whether the service is about to stop, and no more requests should be sent to it; never by default. */
  readonly isDraining?: () => boolean;
  /** Whether a Host header names this service; by default any may. */
  readonly isOwnHost?: (hostname: string) => boolean;
  /** Gives tokens to whoever asks, at endpoints of its own; by default nobody does. */
  readonly development?: DevelopmentIdentity;
  /** Undefined: plain HTTP. */
  readonly tls?: TlsCredentials | undefined;
  /** None by default. */
  readonly limitRate?: LimitRate | undefined;
  /** Refuses what the contract allows beyond the real service; false by default. */
  readonly strict?: boolean | undefined;
  /** Whether there are pages: the contract at /docs, and what leads there at `/`; true by default. It is a third of what a start costs. */
  readonly docs?: boolean | undefined;
  /** Whether the development identity's tokens open control.yaml as well; false by default. */
  readonly control?: boolean | undefined;
  /** Proxies whose X-Forwarded-Host and -Proto are believed: addresses and subnets, separated by commas. None by default. */
  readonly trustProxy?: string | undefined;
}

// A request without Host gets its 400 from the service, as a Graph error, and not from Node, bare.
const httpOptions = {
  requireHostHeader: false,
  headersTimeout: times.headers,
  connectionsCheckingInterval: times.check,
};

/** Fastify's own compilers of schemas, which no route here has a use for: loading them was a fifth of a start. */
const noCompiler = () => () => {
  throw new Error("A route has a schema of Fastify's, which is not compiled here.");
};

/** HTTP/1.1 alone. A handshake that takes longer, in milliseconds, is broken off; Node's default is two minutes. */
const tlsOptions = { minVersion: "TLSv1.2", handshakeTimeout: 10_000 } as const;

/** @throws Error in one sentence, if the contract and the handlers do not fit each other. */
export function buildApp({
  store,
  storage,
  verifyToken,
  document: contract = document,
  now = () => new Date(),
  reportFault = () => {},
  observe,
  traceRequests,
  isDraining = () => false,
  isOwnHost,
  development,
  tls,
  limitRate,
  strict = false,
  docs = true,
  control = false,
  trustProxy,
}: AppDependencies): FastifyInstance {
  const app = Fastify({
    // Fastify's own costs a logger and two listeners per request, where only faults are written: up to a tenth of it.
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: sizes.body,
    // Never exceeded: ids are opaque, so that an overlong one is an unknown id or a 414, not another route.
    routerOptions: { maxParamLength: sizes.headers },
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
    // Fastify's own defaults are 0, never.
    connectionTimeout: times.silence,
    requestTimeout: times.request,
    // No handlerTimeout: a handler waits for nothing but the store, which has a time-out of its own, and a timer with
    // an AbortController for each request was a fifth of its CPU.
    keepAliveTimeout: times.keepAlive,
    ...(trustProxy !== undefined && { trustProxy }),
    // A request that arrives while the service stops is answered, on a connection that then closes.
    return503OnClosing: false,
    rewriteUrl: ({ url = "/" }) => normalTarget(url),
    http: httpOptions,
    ...(tls && { https: { ...httpOptions, ...tlsOptions, ...tls } }),
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: sendError,
  });
  app.server.maxConnections = connections;
  traceRequests?.(app);
  answerErrors(app, { reportFault, isOwnHost });
  if (observe) observeRequests(app, observe);
  serveProbes(app, { store, isDraining });
  if (docs) {
    serveDocs(app, { authorizesItself: development !== undefined });
    serveLanding(app, { store, storage, development });
  }
  if (development) serveDevelopmentIdentity(app, development);
  const mounted = strict ? strictly(contract) : contract;
  const does = { store, newId: uuidv7, now };
  const controlled =
    control && development
      ? openControl({ ...does, document: mounted, verifyToken: development.verifyToken })
      : undefined;
  const interfere = controlled?.interfere;
  mount(app, { document: mounted, handlers: createHandlers(does), verifyToken, limitRate, interfere });
  if (controlled) mount(app, controlled.mounted);
  return app;
}
