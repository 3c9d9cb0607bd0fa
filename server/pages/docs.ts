/** The contract for people and tools: Swagger UI at /docs, and the files as they are. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyError, FastifyInstance } from "fastify";
import document from "../../generated/openapi.json" with { type: "json" };
import { defaultTenant } from "../auth/development.ts";
import { routeNotFound, sendError } from "../http/errorHandler.ts";
import { docsPage, docsStyle } from "./docsPage.ts";
import { authorizeAtOnce, creationsFirst, nameControls, rememberIds } from "./docsPlugins.ts";

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
      return sendError(isRefusal ? routeNotFound(request) : error, request, reply);
    });
    mountDocs(docs, options);
  });
}

function mountDocs(app: FastifyInstance, { authorizesItself }: DocsOptions): void {
  // The file itself: @fastify/swagger would write the YAML anew, without its comments.
  const yaml = once(() => readFileSync(new URL("../../openapi.yaml", import.meta.url)));
  // Bytes made once, as those above: written anew for each of a thousand pipelined requests, they were a gigabyte.
  const json = once(() => Buffer.from(JSON.stringify(document)));
  const shown = once(() => Buffer.from(JSON.stringify(shownContract(document, authorizesItself))));
  app.get("/openapi.yaml", (_request, reply) => reply.type("application/yaml; charset=utf-8").send(yaml()));
  app.get("/openapi.json", (_request, reply) => reply.type("application/json; charset=utf-8").send(json()));

  const path = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));
  // Here and not in the plugins' own hooks, which their static files don't have.
  app.addHook("onRequest", (request, reply, done) => {
    const name = /^\/docs\/static\/([\w.-]+)$/.exec(request.url)?.[1];
    const asset = name === undefined ? undefined : assetOf(name);
    if (asset) reply.type(asset.type).send(asset.bytes);
    else if (request.url === "/docs/json") reply.type("application/json; charset=utf-8").send(shown());
    else if (request.url === "/docs/yaml") reply.type("application/yaml; charset=utf-8").send(yaml());
    // The plugin's own page names no viewport, so that a phone would show it as wide as a desk.
    else if (/^\/docs\/?(\?|$)/.test(request.url)) reply.type("text/html; charset=utf-8").send(docsPage);
    else done();
  });
  app.register(swagger, { mode: "static", specification: { path, baseDir: dirname(path) } });
  app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: contentSecurityPolicy,
    theme: { css: [{ filename: "docs.css", content: docsStyle }] },
    uiConfig: {
      // Without the top bar, whose one use is to load another contract.
      layout: "BaseLayout",
      deepLinking: true,
      displayRequestDuration: true,
      persistAuthorization: true,
      tryItOutEnabled: true,
      defaultModelsExpandDepth: 0,
      operationsSorter: creationsFirst,
      plugins: [rememberIds, nameControls, ...(authorizesItself ? [authorizeAtOnce] : [])],
      // Of authorizeAtOnce. Spread, because the types know Swagger UI's own settings alone.
      ...{ tokenUrl: `/${defaultTenant}/oauth2/v2.0/token` },
    },
  });
}

/** Made when it is first asked for, and kept. */
function once(make: () => Buffer): () => Buffer {
  let made: Buffer | undefined;
  return () => {
    made ??= make();
    return made;
  };
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

/** The contract as Swagger UI is shown it: with what holds for this page alone. */
function shownContract(document: Readonly<Record<string, unknown>>, authorizesItself: boolean): object {
  const contract = structuredClone(document);
  const info = Object(contract["info"]);
  // Folded, so that what a person came for is on the first screen.
  info.description = info.description.replace(
    /## ([^\n]*)\n(.*)$/s,
    "The contract as files: [openapi.yaml](/openapi.yaml), [openapi.json](/openapi.json).\n\n<details><summary>$1</summary>\n\n$2\n</details>",
  );
  const { parameters, securitySchemes } = Object(contract["components"]);
  for (const parameter of [parameters.profileId, parameters.assignmentId]) {
    // Nothing has the example's id; rememberIds (docsPlugins.ts) has one that is there.
    delete parameter.example;
    parameter.description += " Filled in once an answer has shown one.";
  }
  securitySchemes.bearer.description = authorizesItself
    ? "*Authorize* got a token of the development identity, for an hour and with every permission. For another tenant or other permissions, log out and paste what `apple-enrollment token --tenant <uuid>` prints (in a checkout `npm run --silent token -- --tenant <uuid>`)."
    : "A JWT access token of an issuer that this service trusts (`AUTH_ISSUER`).";
  return contract;
}
