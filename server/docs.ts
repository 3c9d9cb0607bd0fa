/** The contract for people and tools: Swagger UI at /docs, and the files as they are. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyError, FastifyInstance } from "fastify";
import document from "../generated/openapi.json" with { type: "json" };
import { defaultTenant } from "./auth/development.ts";
import { nothingAt, sendError } from "./errorHandlers.ts";

/** Everything comes from the service itself: the pages work offline, and nothing else is asked. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export interface DocsOptions {
  /** Whether Swagger UI's Authorize can get a token from this service itself. */
  readonly authorizesItself: boolean;
}

/** Mounts Swagger UI and the contract's files, all public. */
export function serveDocs(app: FastifyInstance, options: DocsOptions): void {
  app.register(async (docs) => {
    // What a plugin refuses, such as a path that leads out of its folder, is not there.
    docs.setErrorHandler<FastifyError>((error, request, reply) => {
      const isRefusal = error.statusCode !== undefined && error.statusCode < 500;
      return sendError(isRefusal ? nothingAt(request) : error, request, reply);
    });
    mountDocs(docs, options);
  });
}

function mountDocs(app: FastifyInstance, { authorizesItself }: DocsOptions): void {
  // The file itself: @fastify/swagger would write the YAML anew, without its comments.
  const yaml = readFileSync(new URL("../openapi.yaml", import.meta.url));
  app.get("/openapi.yaml", (_request, reply) => reply.type("application/yaml; charset=utf-8").send(yaml));
  // Bytes made once, as those above: written anew for each of a thousand pipelined requests, they were a gigabyte.
  const json = Buffer.from(JSON.stringify(document));
  const shown = authorizesItself ? Buffer.from(JSON.stringify(withTokenEndpoint(document))) : json;
  app.get("/openapi.json", (_request, reply) => reply.type("application/json; charset=utf-8").send(json));
  app.get("/", (_request, reply) => reply.redirect("/docs"));

  const path = fileURLToPath(new URL("../generated/openapi.json", import.meta.url));
  // Here and not in the plugins' own hooks, which their static files don't have.
  app.addHook("onRequest", (request, reply, done) => {
    const name = /^\/docs\/static\/([\w.-]+)$/.exec(request.url)?.[1];
    const asset = name === undefined ? undefined : assetOf(name);
    if (asset) reply.type(asset.type).send(asset.bytes);
    else if (request.url === "/docs/json") reply.type("application/json; charset=utf-8").send(shown);
    else if (request.url === "/docs/yaml") reply.type("application/yaml; charset=utf-8").send(yaml);
    else done();
  });
  app.register(swagger, { mode: "static", specification: { path, baseDir: dirname(path) } });
  app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: contentSecurityPolicy,
    theme: {
      title: document.info.title,
      // The contract has no links; the column that says so for each answer is what is too wide for a phone.
      css: [{ filename: "docs.css", content: ".swagger-ui .response-col_links { display: none; }" }],
    },
    ...(authorizesItself && {
      initOAuth: { clientId: "swagger-ui", clientSecret: "any", scopes: [".default"] },
    }),
    uiConfig: {
      // Without the top bar, whose one use is to load another contract.
      layout: "BaseLayout",
      deepLinking: true,
      displayRequestDuration: true,
      persistAuthorization: true,
      tryItOutEnabled: true,
      defaultModelsExpandDepth: 0,
    },
  });
}

interface Asset {
  readonly bytes: Buffer;
  readonly type: string;
}

const assetTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
};

const assetsFolder = join(dirname(createRequire(import.meta.url).resolve("@fastify/swagger-ui")), "static");
const assets = new Map<string, Asset>();

/**
 * What the page is made of, from memory once it was asked for: opened anew for each of a thousand pipelined requests, a
 * file would be a thousand open files.
 */
function assetOf(name: string): Asset | undefined {
  const known = assets.get(name);
  const type = assetTypes[extname(name)];
  if (known || type === undefined || basename(name) !== name || !existsSync(join(assetsFolder, name))) return known;
  const asset = { bytes: readFileSync(join(assetsFolder, name)), type };
  assets.set(name, asset);
  return asset;
}

/** The contract as Swagger UI is shown it: with the development identity's token endpoint as one more way to authorize. */
function withTokenEndpoint(document: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const contract = structuredClone(document);
  const components = Object(contract["components"]);
  components.securitySchemes = { development: tokenEndpoint, ...components.securitySchemes };
  for (const item of Object.values<object>(Object(contract["paths"]))) {
    for (const operation of Object.values(item)) {
      const { security } = Object(operation);
      // None stays none: an operation that asks for no token.
      if (security?.length > 0) security.push({ development: [".default"] });
    }
  }
  return contract;
}

const tokenEndpoint = {
  type: "oauth2",
  description: "The development identity: press Authorize, any client will do.",
  flows: {
    clientCredentials: {
      tokenUrl: `/${defaultTenant}/oauth2/v2.0/token`,
      scopes: { ".default": "every permission" },
    },
  },
};
