/**
 * The OpenID Connect metadata, the keys and the OAuth 2.0 token endpoint of the development identity, at the paths of Microsoft
 * Entra ID, so that a client requests its tokens in the same way as in production. Every caller gets a token.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sizes } from "../shared/limits.ts";
import { type DevelopmentIdentity, defaultLifetime, defaultScopes, developmentAudience } from "./development.ts";
import { isTenantId } from "./tenantId.ts";

/**
 * Parses the parameter `scope`: `.default` requests all application permissions, and a list of names requests only the named
 * ones. Microsoft Entra ID accepts only `.default` here, but tests need tokens with fewer permissions.
 *
 * @returns undefined if the text is not a valid scope.
 */
function parseScope(scope: string | null): readonly string[] | undefined {
  if (scope === `${developmentAudience}/.default` || scope === ".default") return defaultScopes;
  const names = (scope ?? "").split(" ").map((name) => permission.exec(name)?.[1]);
  return names.every((name) => name !== undefined) ? names : undefined;
}

const permission = new RegExp(`^${developmentAudience.replaceAll(".", "\\.")}/(\\w[\\w.]{0,127})$`);

interface InTenant {
  readonly Params: { readonly tenant: string };
}

/** Mounts the endpoints. They do not require a token. */
export function serveDevelopmentIdentity(app: FastifyInstance, identity: DevelopmentIdentity): void {
  app.register(async (routes) => {
    routes.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string" },
      async (_request: FastifyRequest, text: string) => new URLSearchParams(text),
    );
    routes.get<InTenant>("/:tenant/v2.0/.well-known/openid-configuration", async (request, reply) => {
      const { tenant } = request.params;
      return isTenantId(tenant) ? describeProvider(originOf(request), tenant) : refuseTenant(reply, tenant);
    });
    routes.get<InTenant>("/:tenant/discovery/v2.0/keys", async ({ params }, reply) =>
      isTenantId(params.tenant) ? identity.publicKeys : refuseTenant(reply, params.tenant),
    );
    // The limit is low, because the request needs no token.
    routes.post<InTenant>("/:tenant/oauth2/v2.0/token", { bodyLimit: sizes.tokenBody }, async (request, reply) => {
      // RFC 6749, section 5.1, requires these headers on answers that contain a token.
      reply.headers({ "cache-control": "no-store", pragma: "no-cache" });
      const { tenant } = request.params;
      if (!isTenantId(tenant)) return refuseTenant(reply, tenant);
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      return grantToken(form, request.headers.authorization, reply, (application, roles) =>
        identity.issueToken({ tenant, roles, application, issuer: issuerOf(originOf(request), tenant) }),
      );
    });
  });
}

function originOf({ protocol, host }: FastifyRequest<InTenant>): string {
  return `${protocol}://${host}`;
}

function issuerOf(origin: string, tenant: string): string {
  return `${origin}/${tenant}/v2.0`;
}

/** Returns the provider's metadata (OpenID Connect Discovery 1.0, section 3), without the parts that do not apply here. */
function describeProvider(origin: string, tenant: string): object {
  return {
    issuer: issuerOf(origin, tenant),
    // The service has no such endpoint, because users cannot sign in here. But clients require the property.
    authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
    grant_types_supported: ["client_credentials"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    response_types_supported: ["token"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["ES256"],
  };
}

/** Answers a client credentials grant (RFC 6749, section 4.4). Any id and any secret are accepted, but both must be present. */
async function grantToken(
  form: URLSearchParams,
  authorization: string | undefined,
  reply: FastifyReply,
  issue: (application: string, roles: readonly string[]) => Promise<string>,
): Promise<object> {
  const grantType = form.get("grant_type");
  if (grantType !== "client_credentials") {
    const description = `grant_type is ${grantType === null ? "missing" : "not supported"}; it must be client_credentials.`;
    return refuseTokenRequest(
      reply,
      400,
      grantType === null ? "invalid_request" : "unsupported_grant_type",
      description,
    );
  }
  const [client, secret] = readCredentials(form, authorization);
  if (!client || !secret) {
    return refuseTokenRequest(
      reply,
      401,
      "invalid_client",
      "client_id and client_secret are required; any value is accepted.",
    );
  }
  const roles = parseScope(form.get("scope"));
  if (roles === undefined) {
    const description = `scope must be ${developmentAudience}/.default, or permissions such as ${developmentAudience}/${defaultScopes[0]}, separated by spaces.`;
    return refuseTokenRequest(reply, 400, "invalid_scope", description);
  }
  return { token_type: "Bearer", expires_in: defaultLifetime, access_token: await issue(client, roles) };
}

/** Reads the client's id and secret from the form or from HTTP Basic authentication (RFC 6749, section 2.3.1). */
function readCredentials(form: URLSearchParams, authorization = ""): readonly (string | null | undefined)[] {
  const basic = /^Basic +([\w+/=]+)$/i.exec(authorization)?.[1];
  if (basic === undefined) return [form.get("client_id"), form.get("client_secret")];
  const [client = "", ...secret] = Buffer.from(basic, "base64").toString("utf8").split(":");
  return [client, secret.join(":")];
}

function refuseTenant(reply: FastifyReply, tenant: string): object {
  return refuseTokenRequest(
    reply,
    400,
    "invalid_request",
    `The tenant in the path is '${tenant.slice(0, 64)}'; it must be a UUID.`,
  );
}

/** Returns the body of an error response, and sets its status and headers (RFC 6749, section 5.2). */
function refuseTokenRequest(reply: FastifyReply, status: 400 | 401, error: string, description: string): object {
  if (status === 401) reply.header("www-authenticate", 'Basic realm="apple-enrollment"');
  reply.code(status);
  return { error, error_description: description };
}
