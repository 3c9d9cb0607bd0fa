/** The application: everything that answers a request. It reads no environment variables and opens no port. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import Fastify, { type FastifyInstance } from "fastify";
import { v7 as uuidv7 } from "uuid";
import { strictContract } from "../contract/strict.ts";
import document from "../generated/openapi.json" with { type: "json" };
import {
  checkEncoding,
  checkId,
  checkRate,
  checkScopes,
  checkToken,
  findOperation,
  holdBody,
  type InjectFault,
  ignoreContentType,
  injectFaults,
  markRepeatable,
} from "./api/admission.ts";
import { type MountOptions, mount } from "./api/mount.ts";
import type { ContractDocument } from "./api/operations.ts";
import type { LimitRate } from "./api/rateLimit.ts";
import { rootPath } from "./api/serviceRoot.ts";
import { strictForm } from "./api/strict/strictForm.ts";
import type { DevelopmentIdentity } from "./auth/development.ts";
import type { VerifyToken } from "./auth/principal.ts";
import { serveDevelopmentIdentity } from "./auth/tokenEndpoint.ts";
import { createControl } from "./control/control.ts";
import { derivedIds, storedIds } from "./domain/commands/assignmentIds.ts";
import type { Store } from "./domain/store.ts";
import { createHandlers } from "./graph/handlers.ts";
import { answerBrokenRequest } from "./http/brokenRequests.ts";
import { closeWithoutReset, takeTurn } from "./http/connections.ts";
import { answerErrors, type ReportError, sendError } from "./http/errorHandler.ts";
import { checkHost, checkOwnHost } from "./http/hostCheck.ts";
import { ignoreBodies } from "./http/ignoredBodies.ts";
import { refuseOverload } from "./http/load/overload.ts";
import { serveProbes } from "./http/probes.ts";
import { setRequestIds } from "./http/requestIds.ts";
import { checkSizes } from "./http/requestSizes.ts";
import { inOrder, type Step } from "./http/steps.ts";
import { type Observe, observeRequests } from "./observability/observation.ts";
import { targetNormalizer } from "./odata/requestTarget.ts";
import { serveDocs } from "./pages/docs.ts";
import { serveLanding } from "./pages/landing.ts";
import { connections, sizes, times } from "./shared/limits.ts";
import type { TlsCredentials } from "./tls/credentials.ts";

export interface AppDependencies {
  readonly store: Store;
  /** Describes the store in a sentence for the page at `/`. */
  readonly storage?: string;
  readonly verifyToken: VerifyToken;
  /** The contract to serve. Default: openapi.yaml. */
  readonly document?: ContractDocument;
  readonly now?: () => Date;
  readonly reportError?: ReportError;
  /** Receives each request and its answer. Default: nothing is observed, which costs nothing. */
  readonly observe?: Observe | undefined;
  /** Receives the application before any hook is added. */
  readonly traceRequests?: ((app: FastifyInstance) => void) | undefined;
  /** Whether the service is about to stop and should get no more requests. Default: never. */
  readonly isDraining?: () => boolean;
  /** Whether a Host header names this service. Default: every Host does. */
  readonly isOwnHost?: (hostname: string) => boolean;
  /** Serves the token endpoint of this identity, which issues a token to every caller. Default: no endpoint. */
  readonly development?: DevelopmentIdentity;
  /** Undefined: plain HTTP. */
  readonly tls?: TlsCredentials | undefined;
  /** Default: no limit. */
  readonly limitRate?: LimitRate | undefined;
  /** Whether to answer like recorded answers of similar Intune resources (docs/fidelity.md). Default: false. */
  readonly strict?: boolean | undefined;
  /** Whether to serve the pages at `/` and `/docs`. Loading them is a third of a start. Default: true. */
  readonly docs?: boolean | undefined;
  /** Whether to serve control.yaml to the tokens of the development identity. Default: false. */
  readonly control?: boolean | undefined;
  /** Proxies whose X-Forwarded-Host and -Proto are trusted: addresses and subnets, separated by commas. Default: none. */
  readonly trustProxy?: string | undefined;
}

/**
 * Assembles the application, in the order in which a request passes its parts.
 * @throws Error in one sentence, if the contract and the handlers do not fit each other.
 */
export function buildApp(dependencies: AppDependencies): FastifyInstance {
  const { store, verifyToken, limitRate, development, traceRequests, observe, isOwnHost } = dependencies;
  const { mounted, ids, form } = modeOf(dependencies);
  const app = Fastify(serverOptions(dependencies));
  app.server.maxConnections = connections;
  closeWithoutReset(app);
  traceRequests?.(app);

  app.addHook("onRequest", inOrder(stepsOfEveryRequest(isOwnHost)));
  if (observe) observeRequests(app, observe);
  ignoreBodies(app);
  answerErrors(app, dependencies.reportError ?? (() => {}));

  serveProbes(app, { store, isDraining: dependencies.isDraining ?? (() => false) });
  if (dependencies.docs ?? true) {
    serveDocs(app, { issuesTokens: development !== undefined, strictContract: form && mounted });
    serveLanding(app, { store, storage: dependencies.storage, development });
  }
  if (development) serveDevelopmentIdentity(app, development);

  app.decorateRequest("operation").decorateRequest("principal");
  const work = { store, ids, newId: uuidv7, now: dependencies.now ?? (() => new Date()) };
  const control =
    dependencies.control && development
      ? createControl({ ...work, document: mounted, strict: form !== undefined })
      : undefined;
  mount(app, {
    document: mounted,
    handlers: createHandlers(work),
    rootPath,
    admission: admissionOf({ verifyToken, limitRate, injectFault: control?.injectFault }),
    form,
  });
  if (control && development) {
    mount(app, { ...control.mounted, admission: admissionOf({ verifyToken: development.verifyToken }) });
  }
  return app;
}

/** Returns the contract to mount, the ids of assignments and the form of answers: the usual ones or those of strict mode. */
function modeOf({ document: contract = document, strict }: AppDependencies) {
  return strict
    ? { mounted: strictContract(contract), ids: derivedIds, form: strictForm }
    : { mounted: contract, ids: storedIds, form: undefined };
}

/** The steps of every request after `rewriteUrl`, with the statuses of their refusals. */
function stepsOfEveryRequest(isOwnHost: AppDependencies["isOwnHost"]): readonly Step[] {
  return [
    takeTurn,
    refuseOverload(), // 503
    setRequestIds,
    checkSizes, // 414, 400, 431
    checkHost, // 400
    checkOwnHost(isOwnHost), // 421
  ];
}

interface AdmissionOptions {
  readonly verifyToken: VerifyToken;
  readonly limitRate?: LimitRate | undefined;
  readonly injectFault?: InjectFault | undefined;
}

/**
 * The further steps of a request below the root of a contract. Then api/mount.ts reads and checks it: media type (415), size
 * (413), JSON (400), parameters (400), and the body against its schema (400).
 */
function admissionOf({ verifyToken, limitRate, injectFault }: AdmissionOptions): MountOptions["admission"] {
  return (missingRoute) => [
    findOperation,
    ignoreContentType,
    checkToken(verifyToken), // 401
    checkRate(limitRate), // 429
    injectFaults(injectFault), // any status, if a test has asked for it
    checkId(missingRoute), // 404, 405
    checkScopes, // 403
    checkEncoding, // 415
    markRepeatable,
    holdBody, // 503
  ];
}

/** The options of Fastify, and through it of Node's HTTP server. */
function serverOptions({ document: contract = document, trustProxy, tls }: AppDependencies) {
  const normalizeTarget = targetNormalizer(Object.keys(contract.paths).map((path) => rootPath + path));
  return {
    // Fastify's logger costs an object and two listeners for each request; here only errors are logged.
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: sizes.body,
    // Never exceeded: ids are opaque, so an overlong id is an unknown id (404) or a 414, not another route.
    routerOptions: { maxParamLength: sizes.headers },
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
    // The defaults of Fastify are 0, which means never.
    connectionTimeout: times.silence,
    requestTimeout: times.request,
    // No handlerTimeout: a handler waits only for the store, which has its own time-out, and a timer with an
    // AbortController for each request is expensive.
    keepAliveTimeout: times.keepAlive,
    ...(trustProxy !== undefined && { trustProxy }),
    // A request that arrives while the service stops is answered, and its connection then closes.
    return503OnClosing: false,
    rewriteUrl: ({ url = "/" }: IncomingMessage) => normalizeTarget(url),
    http: httpOptions,
    ...(tls && { https: { ...httpOptions, ...tlsOptions, ...tls } }),
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: sendError,
  };
}

const httpOptions = {
  // A request without Host gets its 400 from the service, as a Graph error, and not from Node, without a body.
  requireHostHeader: false,
  headersTimeout: times.headers,
  connectionsCheckingInterval: times.check,
};

/** HTTP/1.1 only. Node's own limit for the handshake is two minutes. */
const tlsOptions = { minVersion: "TLSv1.2", handshakeTimeout: times.handshake } as const;

/** Replaces Fastify's compilers of schemas: no route here has a schema of Fastify's, and loading them slows the start. */
const noCompiler = () => () => {
  throw new Error("A route has a Fastify schema, and schemas of Fastify are not compiled here.");
};
