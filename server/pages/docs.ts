/** Serves the contract: Swagger UI at /docs for people, and openapi.yaml and openapi.json for tools. No token is required. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import type { ContractDocument } from "../api/operations.ts";
import { defaultTenant } from "../auth/development.ts";
import { docsPage, docsStyle } from "./docsPage.ts";
import { docsScript } from "./docsScript.ts";

/** The browser may load only files from this service, so the pages work offline and send nothing to other hosts. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const html = "text/html; charset=utf-8";
const css = "text/css; charset=utf-8";
const javascript = "text/javascript; charset=utf-8";
const json = "application/json; charset=utf-8";
const yaml = "application/yaml; charset=utf-8";

export interface DocsOptions {
  /** Whether the *Authorize* button of Swagger UI can get a token from this service. */
  readonly issuesTokens: boolean;
  /** The contract to serve, if it is not openapi.yaml but the contract of strict mode. */
  readonly strictContract: ContractDocument | undefined;
}

/** Mounts Swagger UI and the contract's files. */
export function serveDocs(app: FastifyInstance, { issuesTokens, strictContract }: DocsOptions): void {
  const path = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));
  app.register(swagger, { mode: "static", specification: { path, baseDir: dirname(path) } });
  const contract = () => strictContract ?? app.swagger();

  // The hand-written file is served, because @fastify/swagger would generate YAML without the file's comments.
  // The library is loaded only if somebody asks for the YAML of strict mode.
  const contractYaml = readOnce(async () =>
    strictContract
      ? (await import("yaml")).stringify(strictContract, { aliasDuplicateObjects: false })
      : readFileSync(new URL("../../openapi.yaml", import.meta.url)),
  );
  serve(app, "/openapi.yaml", yaml, contractYaml);
  serve(app, "/openapi.json", json, () => JSON.stringify(contract()));

  const serveDoc = (path: string, type: string, read: Read) =>
    serve(app, `/docs${path}`, type, read, { "content-security-policy": contentSecurityPolicy });
  for (const path of ["", "/"]) serveDoc(path, html, () => docsPage);
  serveDoc("/yaml", yaml, contractYaml);
  serveDoc("/json", json, () => JSON.stringify(contractForSwaggerUi(contract(), issuesTokens)));
  serveDoc("/static/docs.css", css, () => docsStyle);
  const tokenUrl = issuesTokens ? `/${defaultTenant}/oauth2/v2.0/token` : undefined;
  serveDoc("/static/docs.js", javascript, () => docsScript({ tokenUrl }));
  for (const [name, type] of Object.entries(swaggerUiFiles)) {
    serveDoc(`/static/${name}`, type, () => readSwaggerUiFile(name));
  }
}

/** The files of Swagger UI that the pages load, with their media types. */
const swaggerUiFiles: Readonly<Record<string, string>> = {
  "favicon-32x32.png": "image/png",
  "index.css": css,
  "swagger-ui.css": css,
  "swagger-ui-bundle.js": javascript,
};

/**
 * Reads a file of Swagger UI from @fastify/swagger-ui. The package's Fastify plugin is not used, because it opens a file for
 * each request and its page lacks a viewport. swagger-ui-dist is not used, because it depends on a package with an install
 * script.
 */
function readSwaggerUiFile(name: string): Buffer {
  return readFileSync(createRequire(import.meta.url).resolve(`@fastify/swagger-ui/static/${name}`));
}

/**
 * Adds a GET route. Its content is read at the first request and then kept in memory, because a thousand pipelined requests
 * must neither open a thousand files nor create a thousand copies of the content.
 */
function serve(
  app: FastifyInstance,
  path: string,
  type: string,
  read: Read,
  headers: Readonly<Record<string, string>> = {},
): void {
  const content = readOnce(read);
  app.get(path, async (_request, reply) =>
    reply
      .headers(headers)
      .type(type)
      .send(await content()),
  );
}

type Read = () => Buffer | string | Promise<Buffer | string>;

function readOnce(read: Read): () => Promise<Buffer> {
  let content: Promise<Buffer> | undefined;
  return () => {
    content ??= Promise.resolve(read()).then((text) => Buffer.from(text));
    return content;
  };
}

/** Copies the contract and adapts its descriptions to Swagger UI. */
function contractForSwaggerUi(original: object, issuesTokens: boolean): object {
  const contract = Object(structuredClone(original));
  // The long description is collapsed, so that the first operations are visible without scrolling.
  contract.info.description = contract.info.description.replace(
    /## ([^\n]*)\n(.*)$/s,
    "The contract as files: [openapi.yaml](/openapi.yaml), [openapi.json](/openapi.json).\n\n<details><summary>$1</summary>\n\n$2\n</details>",
  );
  const { parameters, securitySchemes } = contract.components;
  for (const parameter of [parameters.profileId, parameters.assignmentId]) {
    // The example's id does not exist in the service. swaggerUi/knownIds.ts fills in an id that exists.
    delete parameter.example;
    parameter.description += " Filled in as soon as a response has contained one.";
  }
  securitySchemes.bearer.description = issuesTokens
    ? "*Authorize* has requested a token of the development identity. It is valid for an hour and has every permission. To use another tenant or other permissions, log out and paste a token that `apple-enrollment token --tenant <uuid>` prints (in a checkout: `npm run --silent token -- --tenant <uuid>`)."
    : "A JWT access token from an issuer that this service trusts (`AUTH_ISSUER`).";
  return contract;
}
