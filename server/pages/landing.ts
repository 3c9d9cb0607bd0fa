/**
 * The page at `/`: links, a first request to paste, and the state of the store. It has no scripts, and loads nothing from
 * other hosts.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import document from "../../generated/openapi.json" with { type: "json" };
import { rootOf, rootPath } from "../api/serviceRoot.ts";
import { type DevelopmentIdentity, defaultTenant } from "../auth/development.ts";
import { type Store, StoreUnavailable } from "../domain/store.ts";
import { methodNotAllowed } from "../http/errors.ts";
import { isLoopback, withoutPort } from "../shared/hosts.ts";

export interface LandingOptions {
  readonly store: Store;
  /** A sentence that describes the store. Undefined: the page does not describe the store. */
  readonly storage: string | undefined;
  /** Issues the token for the first request. Undefined: the page says where to get a token. */
  readonly development: DevelopmentIdentity | undefined;
}

const headers = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  // The page can contain a token, so it must not be cached.
  "cache-control": "no-store",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

const allow = "GET, HEAD, OPTIONS";

/** Mounts the page, which requires no token. */
export function serveLanding(app: FastifyInstance, options: LandingOptions): void {
  app.get("/", async (request, reply) =>
    reply.headers(headers).send(renderPage(await readLandingContent(request, options))),
  );
  app.get("/landing.css", (_request, reply) => reply.type("text/css; charset=utf-8").send(style));
  app.route({
    method: app.supportedMethods.filter((method) => method !== "GET" && method !== "HEAD"),
    url: "/",
    handler: async ({ method }, reply) => {
      if (method === "OPTIONS") return reply.code(204).header("allow", allow).send();
      throw methodNotAllowed(method, allow);
    },
  });
}

interface LandingContent {
  /** The first request or a hint where to get a token, as HTML. */
  readonly firstRequest: string;
  /** Sentences that describe the store, as plain text. */
  readonly storeState: readonly string[];
}

async function readLandingContent(
  request: FastifyRequest,
  { store, storage, development }: LandingOptions,
): Promise<LandingContent> {
  const storeState = storage === undefined ? [] : [storage];
  if (!development) return { firstRequest: tokenFromProvider, storeState };
  // Every caller can use the token endpoint, but the page contains a token only for browsers on this machine.
  if (!isLocal(request)) return { firstRequest: tokenFromElsewhere, storeState };
  const curl = curlCommand(rootOf(request, rootPath), await development.issueToken());
  return {
    firstRequest: `${pasteHint}<pre><code>${escapeHtml(curl)}</code></pre>`,
    storeState: [...storeState, await describeProfileCount(store)],
  };
}

/**
 * Whether the request was sent to a loopback name. If a trusted proxy has forwarded it, the proxy's host name must be a
 * loopback name too. Browsers always send the header Host, so a request without this header does not count as local.
 */
function isLocal({ hostname, headers: { host } }: FastifyRequest): boolean {
  return host !== undefined && isLoopback(hostname) && isLoopback(withoutPort(host));
}

async function describeProfileCount(store: Store): Promise<string> {
  try {
    const count = await store.read.countProfiles(defaultTenant);
    return `The tenant of this token has ${count === 1 ? "1 profile" : `${count} profiles`}.`;
  } catch (error) {
    if (error instanceof StoreUnavailable) return "The store cannot answer now.";
    throw error;
  }
}

function curlCommand(root: string, token: string): string {
  return [
    `curl -sS ${root}/deviceManagement/appleUserInitiatedEnrollmentProfiles`,
    `  -H "Authorization: Bearer ${token}"`,
    '  -H "Content-Type: application/json"',
    `  -d '{"displayName": "Personal iPhones"}'`,
  ].join(" \\\n");
}

const pasteHint =
  "<p>Paste this into a terminal to create a profile. The token is new, has all permissions and is valid for an hour. One click selects the whole command.</p>";
const tokenFromProvider =
  "<p>Requests need an access token from an identity provider that this service trusts (<code>AUTH_ISSUER</code>). Send it as <code>Authorization: Bearer …</code>.</p>";
const tokenFromElsewhere =
  '<p>Requests need an access token. On the machine on which the service runs, <code>apple-enrollment token</code> (in a checkout: <code>npm run --silent token</code>) prints one, and this page shows one. Here, <a href="/docs"><i>Authorize</i> in Swagger UI</a> gets one.</p>';

const links: readonly (readonly [path: string, description: string])[] = [
  ["/docs", "Swagger UI: read about every operation and try it"],
  ["/openapi.yaml", "the contract as it was written, in YAML"],
  ["/openapi.json", "the contract in JSON, for tools"],
  [`${rootPath}/$metadata`, "the types as OData describes them, in CSDL"],
  ["/readyz", "whether the service can answer requests now (/livez: whether it runs)"],
];

function renderPage({ firstRequest, storeState }: LandingContent): string {
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
${links.map(([path, description]) => `<li><a href="${path}">${path}</a> <span>${description}</span></li>`).join("\n")}
</ul>
<h2>A first request</h2>
${firstRequest}
<h2>The store</h2>
<p>${storeState.map(escapeHtml).join(" ")}</p>
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
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
