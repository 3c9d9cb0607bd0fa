/** The page at `/`: where everything is, a first request to paste, and what the store has. No script, nothing from elsewhere. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import document from "../../generated/openapi.json" with { type: "json" };
import { rootOf, rootPath } from "../api/mount.ts";
import { type DevelopmentIdentity, defaultTenant } from "../auth/development.ts";
import { type Store, StoreUnavailable } from "../domain/store.ts";
import { RequestError } from "../http/errors.ts";
import { isLoopback, withoutPort } from "../shared/hosts.ts";

export interface LandingOptions {
  readonly store: Store;
  /** What the store is, in a sentence; undefined: nothing is said. */
  readonly storage: string | undefined;
  /** Gives the token of the page's request; without one the page says where tokens come from. */
  readonly development: DevelopmentIdentity | undefined;
}

const headers = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  // There may be a token in it.
  "cache-control": "no-store",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

const allow = "GET, HEAD, OPTIONS";

/** Mounts the page, public. */
export function serveLanding(app: FastifyInstance, options: LandingOptions): void {
  app.get("/", async (request, reply) => reply.headers(headers).send(pageOf(await contentOf(request, options))));
  app.get("/landing.css", (_request, reply) => reply.type("text/css; charset=utf-8").send(style));
  app.route({
    method: app.supportedMethods.filter((method) => method !== "GET" && method !== "HEAD"),
    url: "/",
    handler: async ({ method }, reply) => {
      if (method === "OPTIONS") return reply.code(204).header("allow", allow).send();
      throw new RequestError(405, `${method} is not possible here; ${allow} would be.`, { headers: { allow } });
    },
  });
}

interface Content {
  /** HTML. */
  readonly first: string;
  readonly state: readonly string[];
}

async function contentOf(request: FastifyRequest, { store, storage, development }: LandingOptions): Promise<Content> {
  const state = storage === undefined ? [] : [storage];
  if (!development) return { first: withoutToken, state };
  // Whoever can reach the service may ask the token endpoint; a page that shows a token is for who sits at this machine.
  if (!isLocal(request)) return { first: elsewhere, state };
  const curl = curlOf(rootOf(request, rootPath), await development.issueToken());
  return { first: `${withToken}<pre><code>${escaped(curl)}</code></pre>`, state: [...state, await countOf(store)] };
}

/** By the name it was called by, also behind a proxy that is believed. Who sends no Host is no browser. */
function isLocal({ hostname, headers: { host } }: FastifyRequest): boolean {
  return host !== undefined && isLoopback(hostname) && isLoopback(withoutPort(host));
}

async function countOf(store: Store): Promise<string> {
  try {
    const count = await store.read.countProfiles(defaultTenant);
    return `The tenant of this token has ${count === 1 ? "1 profile" : `${count} profiles`}.`;
  } catch (error) {
    if (error instanceof StoreUnavailable) return "The store cannot answer now.";
    throw error;
  }
}

function curlOf(root: string, token: string): string {
  return [
    `curl -sS ${root}/deviceManagement/appleUserInitiatedEnrollmentProfiles`,
    `  -H "Authorization: Bearer ${token}"`,
    '  -H "Content-Type: application/json"',
    `  -d '{"displayName": "Personal iPhones"}'`,
  ].join(" \\\n");
}

const withToken =
  "<p>Paste this to create a profile. Its token is new, opens everything and is good for an hour; a click selects the whole.</p>";
const withoutToken =
  "<p>Requests need an access token of an identity provider that this service trusts (<code>AUTH_ISSUER</code>): get one there, and send it as <code>Authorization: Bearer …</code>.</p>";
const elsewhere =
  '<p>Requests need an access token: <code>apple-enrollment token</code> (in a checkout <code>npm run --silent token</code>) prints one on the machine that the service runs on, where this page shows one as well. <a href="/docs">Authorize in Swagger UI</a> gets one here.</p>';

const links: readonly (readonly [path: string, what: string])[] = [
  ["/docs", "Swagger UI: read and try every operation"],
  ["/openapi.yaml", "the contract, as it was written"],
  ["/openapi.json", "the contract, for tools"],
  [`${rootPath}/$metadata`, "the types, as OData describes them"],
  ["/readyz", "whether it can answer now (and /livez)"],
];

function pageOf({ first, state }: Content): string {
  const { title, version, summary } = document.info;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" type="image/png" sizes="32x32" href="/docs/static/favicon-32x32.png">
<link rel="stylesheet" href="/landing.css">
</head>
<body>
<main>
<h1>${title} <small>${version}</small></h1>
<p>${summary}</p>
<ul>
${links.map(([path, what]) => `<li><a href="${path}">${path}</a> <span>${what}</span></li>`).join("\n")}
</ul>
<h2>A first request</h2>
${first}
<h2>The store</h2>
<p>${state.map(escaped).join(" ")}</p>
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root { color-scheme: light dark; --text: #1f2328; --muted: #57606f; --link: #0b5cad; --code: #f1f3f5; --page: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e8eb; --muted: #a5adb8; --link: #7ab7ff; --code: #22262c; --page: #15181c; }
}
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.25; }
h1 small { color: var(--muted); font-size: 1rem; font-weight: normal; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.2rem; }
p { margin: 0.5rem 0; }
ul { margin: 1.5rem 0 0; padding: 0; list-style: none; }
li { margin: 0.4rem 0; }
li a { display: inline-block; min-width: 10rem; font-family: ui-monospace, monospace; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
li span { color: var(--muted); }
@media (max-width: 36rem) { li span { display: block; } }
code { font: 0.9rem/1.45 ui-monospace, monospace; }
pre { margin: 0.75rem 0 0; padding: 1rem; border-radius: 0.5rem; background: var(--code); }
pre code { white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; }
`;
