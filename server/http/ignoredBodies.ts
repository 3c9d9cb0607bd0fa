/** Ignores request bodies that have no meaning, and other parts of HTTP that Node or Fastify would refuse needlessly. */
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Reads and discards the bodies of requests to operations that take no body: such a body has no meaning (RFC 9110, 9.3). */
export function ignoreBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", async (_request: FastifyRequest, payload: NodeJS.ReadableStream) => {
    payload.resume();
  });
  // Fastify refuses a QUERY request without Content-Type. No operation uses QUERY, so its body is ignored as well.
  app.addHttpMethod("QUERY", { hasBody: false, overrideExisting: true });
  // An expectation other than 100-continue may be ignored (RFC 9110, 10.1.1); Node would answer it with a bare 417.
  app.server.on("checkExpectation", (request, response) => app.server.emit("request", request, response));
}
