/** Creates a tenant for a single test. Other tests do not see the tenant's content. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after } from "node:test";
import { type Client, createClient, type Schemas } from "../../client/index.ts";
import type { TokenOptions } from "../../server/auth/development.ts";
import { addToRecord, judgedFetch } from "./judge.ts";
import { enterSetting, type Mode } from "./setting.ts";

export const profilesPath = "/deviceManagement/appleUserInitiatedEnrollmentProfiles";

export interface Call {
  readonly method: string;
  /** The path, relative to the service root. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body, which is sent as JSON. A string is sent unchanged. */
  readonly body?: unknown;
  /** The token, by default the tenant's own. `null` means no token. */
  readonly token?: string | null;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  /** The error in the body. Reading this property asserts that the body is a Graph error. */
  readonly error: Schemas["GraphError"]["error"];
}

export interface Tenant {
  readonly id: string;
  readonly token: string;
  /** The typed client. Prism checks its answers. */
  readonly client: Client;
  /** Sends any request through Prism, for requests that the typed client cannot send. */
  call(call: Call): Promise<Answered>;
  /** Sends any request directly to the service, for requests that Prism answers itself (invalid JSON, unknown routes). */
  callDirectly(call: Call): Promise<Answered>;
  profile(body?: Partial<Schemas["profileCreate"]>): Promise<Schemas["appleUserInitiatedEnrollmentProfile"]>;
  /** Creates an assignment, by default for a new group. */
  assignment(
    profileId: string,
    target?: Schemas["assignmentTargetInput"],
  ): Promise<Schemas["appleEnrollmentProfileAssignment"]>;
}

export interface World {
  /** The service root for requests that bypass Prism. */
  readonly direct: string;
  tenant(id?: string): Promise<Tenant>;
  token(options: TokenOptions): Promise<string>;
}

/** Connects a test file to the fixture. Call it once at the top of the file. */
export async function enterWorld(mode: Mode = "contract"): Promise<World> {
  const setting = await enterSetting(mode);
  after(() => setting.close());
  return {
    direct: setting.direct,
    token: (options) => setting.identity.issueToken(options),
    tenant: async (id = randomUUID()) => {
      const token = await setting.identity.issueToken({ tenant: id });
      // Retries are off, so that tests see every answer.
      const judged = (request: Request) => judgedFetch(request, (cell) => addToRecord(cell, mode));
      const client = createClient({ baseUrl: setting.judged, token, fetch: judged, retries: 0 });
      return {
        id,
        token,
        client,
        call: (call) => send(judged, setting.judged, token, call),
        callDirectly: (call) => send(fetch, setting.direct, token, call),
        profile: async (body = {}) => {
          const answer = await client.createProfile({ body: { displayName: "A profile", ...body } });
          assert.ok(answer.ok);
          return answer.data;
        },
        assignment: async (profileId, target = groupTarget(randomUUID())) => {
          const answer = await client.createAssignment({ path: { profileId }, body: { target } });
          assert.ok(answer.ok);
          return answer.data;
        },
      };
    },
  };
}

export function groupTarget(groupId: string): Schemas["groupAssignmentTargetInput"] {
  return { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId };
}

async function send(
  fetchOne: (request: Request) => Promise<Response>,
  root: string,
  ownToken: string,
  { method, path, headers = {}, body, token = ownToken }: Call,
): Promise<Answered> {
  const request = new Request(`${root}${path}`, {
    method,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await fetchOne(request);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  const parsed: unknown = isJson ? JSON.parse(text) : text;
  return {
    status: response.status,
    headers: response.headers,
    body: parsed,
    get error() {
      assert.ok(isGraphError(parsed), `${method} ${path} → ${response.status}: ${text} is not a Graph error`);
      return parsed.error;
    },
  };
}

function isGraphError(body: unknown): body is Schemas["GraphError"] {
  return typeof body === "object" && body !== null && "error" in body;
}
