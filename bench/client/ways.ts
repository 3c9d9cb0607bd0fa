/** The clients that are compared. Each reads the body as JSON and the `request-id`, like a caller that logs it. */
import createFetchClient from "openapi-fetch";
import { createClient, type Fetch } from "../../client/index.ts";
import { undiciFetch } from "../../client/node.ts";
import type { paths } from "../../generated/api.d.ts";
import { assignmentBody, assignmentId, assignmentsPath, filterId, groupId, profileId } from "../fixture.ts";

export const kinds = ["get", "patch"] as const;
export type CallKind = (typeof kinds)[number];

/** The calls that a client can make. Each resolves to the id of the returned assignment. @throws Error if the answer is wrong. */
export type Calls = Readonly<Record<CallKind, () => Promise<string>>>;

/** The service that the clients call. */
export interface Service {
  readonly baseUrl: string;
  readonly token: string;
}

export const ways = {
  fetch: { label: "the global fetch", make: bareFetch },
  "openapi-fetch": { label: "openapi-fetch", make: bareOpenapiFetch },
  client: { label: "this client", make: (service) => typed(service) },
  undici: { label: "this client, undiciFetch", make: (service) => typed(service, undiciFetch()) },
} as const satisfies Readonly<Record<string, { readonly label: string; make(service: Service): Calls }>>;

export type WayName = keyof typeof ways;

export function isWay(name: string): name is WayName {
  return Object.hasOwn(ways, name);
}

export const wayNames = Object.keys(ways).filter(isWay);

const path = { profileId: profileId(0), assignmentId: assignmentId(0, 0) };
const body = assignmentBody(groupId(0, 0), filterId(1, 0, 0));

function bareFetch({ baseUrl, token }: Service): Calls {
  const url = `${baseUrl}${assignmentsPath(path.profileId)}`;
  const headers = { Authorization: `Bearer ${token}` };
  const idOf = async (response: Response) => {
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return idIn(response.headers, JSON.parse(text));
  };
  return {
    get: async () => idOf(await fetch(`${url}/${path.assignmentId}`, { headers })),
    patch: async () => {
      const init = { headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
      return idOf(await fetch(url, { method: "PATCH", ...init }));
    },
  };
}

function bareOpenapiFetch({ baseUrl, token }: Service): Calls {
  const client = createFetchClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
  const route = "/deviceManagement/appleUserInitiatedEnrollmentProfiles/{profileId}/assignments";
  const params = { path };
  return {
    async get() {
      const { data, error, response } = await client.GET(`${route}/{assignmentId}`, { params });
      if (error !== undefined) throw error;
      return idIn(response.headers, data);
    },
    async patch() {
      const { data, error, response } = await client.PATCH(route, { params, body });
      if (error !== undefined) throw error;
      return idIn(response.headers, data);
    },
  };
}

function typed(service: Service, fetch?: Fetch): Calls {
  const client = createClient({ ...service, ...(fetch && { fetch }) });
  return {
    async get() {
      const answer = await client.getAssignment({ path });
      if (!answer.ok) throw answer;
      return idIn(answer.headers, answer.data);
    },
    async patch() {
      const answer = await client.updateAssignments({ path, body });
      if (!answer.ok) throw answer;
      return idIn(answer.headers, answer.data);
    },
  };
}

function idIn(headers: Headers, data: unknown): string {
  const { id } = Object(data);
  if (typeof id !== "string" || headers.get("request-id") === null)
    throw new Error("The answer has no assignment id, or no request-id.");
  return id;
}
