/** Starts a service in this process, for the checker. */
import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import type { Store } from "../../server/domain/store.ts";
import type { Target } from "../../verify/server/target.ts";

/** An answer that is about to be sent, which a test may change. */
export interface Outgoing {
  readonly method: string;
  readonly path: string;
  /** The headers of the request. */
  readonly headers: IncomingHttpHeaders;
  /** The request body. */
  readonly sent: unknown;
  status: number;
  body: string;
}

/** Starts the service on a free port. @param spoil changes each answer. @returns a checker target with a new tenant. */
export async function startCheckedService(store: Store, spoil?: (answer: Outgoing) => void) {
  const identity = await ephemeralIdentity();
  const app = buildApp({ store, verifyToken: identity.verifyToken, docs: false });
  app.addHook("onSend", async (request, reply, payload) => {
    if (spoil === undefined) return payload;
    const { method, url: path, headers, body: sent } = request;
    const body = typeof payload === "string" ? payload : "";
    const answer = { method, path, headers, sent, status: reply.statusCode, body };
    spoil(answer);
    reply.code(answer.status);
    return answer.body;
  });
  const baseUrl = `${await app.listen({ host: "127.0.0.1", port: 0 })}/beta`;
  const tokens = { full: await identity.issueToken({ tenant: randomUUID() }) };
  const target: Target = {
    baseUrl,
    roots: [baseUrl],
    tokens,
    provoke: undefined,
    timeout: 30_000,
    isOwnTenant: true,
    fetch,
  };
  return { target, close: () => app.close() };
}
