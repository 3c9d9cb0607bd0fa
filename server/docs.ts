/** The contract for people and tools: Swagger UI at /docs, and the files as they are. */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import document from "../generated/openapi.json" with { type: "json" };

export function serveDocs(app: FastifyInstance): void {
  // The file itself: @fastify/swagger would write the YAML anew, without its comments.
  const yaml = readFileSync(new URL("../openapi.yaml", import.meta.url));
  app.get("/openapi.yaml", (_request, reply) => reply.type("application/yaml; charset=utf-8").send(yaml));
  app.get("/openapi.json", (_request, reply) => reply.type("application/json; charset=utf-8").send(document));
  app.get("/", (_request, reply) => reply.redirect("/docs"));

  const path = fileURLToPath(new URL("../generated/openapi.json", import.meta.url));
  app.register(swagger, { mode: "static", specification: { path, baseDir: dirname(path) } });
  app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: true,
    uiConfig: {
      deepLinking: true,
      displayRequestDuration: true,
      persistAuthorization: true,
      tryItOutEnabled: true,
    },
  });
}
