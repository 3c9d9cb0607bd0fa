/**
 * What a load balancer or an orchestrator asks, without a token and at any Host: whether the process answers at all, and
 * whether requests should come here. Neither is ever shed: an overload is no reason to start again.
 */
import type { FastifyInstance } from "fastify";
import { type Store, StoreUnavailable } from "../domain/store.ts";
import { RequestError } from "./errors.ts";

export interface ProbeOptions {
  readonly store: Store;
  /** Whether the service is about to stop. */
  readonly isDraining: () => boolean;
}

/** Milliseconds that the store may take to show that it answers: no more than those who probe wait for. */
const patience = 2000;

const paths = ["/livez", "/readyz"] as const;

/** @param target of a request. */
export function isProbe(target = ""): boolean {
  return paths.some((path) => target === path || target.startsWith(`${path}?`));
}

/** Mounts both. Migrations are done before there is a port to ask at. */
export function serveProbes(app: FastifyInstance, { store, isDraining }: ProbeOptions): void {
  const check = oneAtATime(() => answersInTime(store));
  app.get("/livez", async (_request, reply) => reply.header("cache-control", "no-store").send({ status: "alive" }));
  app.get("/readyz", async (request, reply) => {
    reply.header("cache-control", "no-store");
    if (isDraining()) return reply.code(503).send({ status: "not ready", reason: "The service stops." });
    try {
      await check();
      return { status: "ready" };
    } catch (error) {
      app.reportFault(error instanceof Error ? error : new Error(String(error)), request.id);
      return reply.code(503).send({ status: "not ready", reason: "The store cannot answer." });
    }
  });
  for (const path of paths) {
    app.route({
      method: app.supportedMethods.filter((method) => method !== "GET" && method !== "HEAD"),
      url: path,
      handler: async ({ method }, reply) => {
        const headers = { allow: "GET, HEAD" };
        if (method === "OPTIONS") return reply.code(204).headers(headers).send();
        throw new RequestError(405, `${method} is not possible here; GET, HEAD would be.`, { headers });
      },
    });
  }
}

/** Reads, as a request would, from a tenant that nobody has. @throws StoreUnavailable, or a fault of ours */
async function answersInTime(store: Store): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooLate()), patience);
  });
  try {
    await Promise.race([store.read.countProfiles(""), late]);
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(): StoreUnavailable {
  return new StoreUnavailable(`The store has not answered for ${patience} ms.`, {
    retryAfter: 2,
    remedy: "See that the database runs, is not overloaded, and can be reached.",
  });
}

/** Whoever asks while somebody's answer is under way shares it: many who probe are no load for the store. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  return () => {
    underWay ??= work().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
