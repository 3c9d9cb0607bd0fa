/** Bodies that no operation asks for, and other parts of HTTP that Node or Fastify would refuse although they may be ignored. */
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Reads and drops the body of a request that no operation asks for: it has no meaning (RFC 9110, 9.3). */
export function ignoreBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", async (_request: FastifyRequest, payload: NodeJS.ReadableStream) => {
    payload.resume();
  });
  // Fastify refuses a QUERY without Content-Type by itself; no operation uses QUERY, so its body is ignored like any other.
  app.addHttpMethod("QUERY", { hasBody: false, overrideExisting: true });
  // An expectation other than 100-continue may be ignored (RFC 9110, 10.1.1); Node would answer it with a bare 417.
  app.server.on("checkExpectation", (request, response) => app.server.emit("request", request, response));
}
