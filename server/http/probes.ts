/**
 * What a load balancer or an orchestrator asks, without a token and with any Host: whether the process answers at all, and
 * whether it should get requests. Probes are answered during an overload too: an overload is no reason to restart.
 */
import type { FastifyInstance } from "fastify";
import { type Store, StoreUnavailable } from "../domain/store.ts";
import { methodNotAllowed } from "./errors.ts";

export interface ProbeOptions {
  readonly store: Store;
  /** Whether the service is about to stop. */
  readonly isDraining: () => boolean;
}

/** Milliseconds in which the store must answer: orchestrators themselves do not wait longer. */
const storeTimeout = 2000;

const paths = ["/livez", "/readyz"] as const;
const allow = "GET, HEAD";

/** Whether a request target is that of a probe. */
export function isProbe(target = ""): boolean {
  return paths.some((path) => target === path || target.startsWith(`${path}?`));
}

/** Mounts both probes. The service listens only after its migrations, so they are not asked about here. */
export function serveProbes(app: FastifyInstance, { store, isDraining }: ProbeOptions): void {
  const checkStore = shared(() => readFrom(store));
  app.get("/livez", async (_request, reply) => reply.header("cache-control", "no-store").send({ status: "alive" }));
  app.get("/readyz", async (request, reply) => {
    reply.header("cache-control", "no-store");
    if (isDraining()) return reply.code(503).send({ status: "not ready", reason: "The service is stopping." });
    try {
      await checkStore();
      return { status: "ready" };
    } catch (error) {
      app.reportError(error instanceof Error ? error : new Error(String(error)), request.id);
      return reply.code(503).send({ status: "not ready", reason: "The store cannot answer." });
    }
  });
  for (const path of paths) {
    app.route({
      method: app.supportedMethods.filter((method) => method !== "GET" && method !== "HEAD"),
      url: path,
      handler: async ({ method }, reply) => {
        if (method === "OPTIONS") return reply.code(204).header("allow", allow).send();
        throw methodNotAllowed(method, allow);
      },
    });
  }
}

/** Reads from a tenant that does not exist, as a request would. @throws StoreUnavailable, or the error of a bug */
async function readFrom(store: Store): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooLate()), storeTimeout);
  });
  try {
    await Promise.race([store.read.countProfiles(""), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(): StoreUnavailable {
  return new StoreUnavailable(`The store has not answered for ${storeTimeout} ms.`, {
    retryAfter: 2,
    remedy: "Check that the database runs, is not overloaded, and can be reached.",
  });
}

/** Callers that ask while the work is under way share its result, so that many probes are no load for the store. */
function shared(work: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  return () => {
    underWay ??= work().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
