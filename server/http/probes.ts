/**
 * The probes of load balancers and orchestrators, which need no token and may have any Host: `/livez` says whether the process
 * answers, and `/readyz` whether it should receive requests. Probes are also answered during an overload, because a restart
 * would not help.
 */
import type { FastifyInstance } from "fastify";
import { type Store, StoreUnavailable } from "../domain/store.ts";
import { methodNotAllowed } from "./errors.ts";

export interface ProbeOptions {
  readonly store: Store;
  /** Whether the service is going to stop, and should no longer receive requests. */
  readonly isDraining: () => boolean;
}

/** The milliseconds within which the store must answer. Orchestrators usually do not wait longer for a probe. */
const storeTimeout = 2000;

const paths = ["/livez", "/readyz"] as const;
const allow = "GET, HEAD";

/** Whether a request target belongs to a probe. */
export function isProbe(target = ""): boolean {
  return paths.some((path) => target === path || target.startsWith(`${path}?`));
}

/** Mounts both probes. They do not check the migrations, because the service listens only after its migrations. */
export function serveProbes(app: FastifyInstance, { store, isDraining }: ProbeOptions): void {
  const checkStore = shared(() => testStore(store));
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

/** Reads from a tenant that does not exist, and checks the writes, to test the store. @throws StoreUnavailable */
async function testStore(store: Store): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooLate()), storeTimeout);
  });
  try {
    await Promise.race([store.read.countProfiles(""), timeout]);
    await store.checkWrites?.();
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

/** Shares the result of work in progress with later callers, so that many simultaneous probes cause only one read. */
function shared(work: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  return () => {
    underWay ??= work().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
