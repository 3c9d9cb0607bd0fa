/** Deletes the profiles that a run created. */
import { findOperationId } from "./contract.ts";
import { buildRequest, type Exchange, parseJson, send } from "./exchange.ts";
import type { Target } from "./target.ts";

export interface CleanupList {
  /** Registers the profiles that the exchange has created. */
  register(exchange: Exchange): void;
  /** Deletes the registered profiles, the newest first. Profiles that cannot be deleted stay registered. */
  deleteRegistered(): Promise<void>;
  /**
   * Deletes every profile whose name begins with the prefix of the run. This also finds profiles that the server created
   * although its answer did not report them.
   */
  deleteByPrefix(): Promise<void>;
  /** The ids of the profiles that could not be deleted. */
  readonly left: readonly string[];
}

/** @param prefix the prefix of all names in this run. `deleteByPrefix` deletes only profiles whose name begins with it. */
export function openCleanupList(target: Target, prefix: string): CleanupList {
  let registered: string[] = [];
  const isDeleted = async (profileId: string): Promise<boolean> => {
    const { answer } = await send(target, buildRequest(target, "deleteProfile", { path: { profileId } }));
    return answer !== undefined && (answer.status === 204 || answer.status === 404);
  };
  const deleteRegistered = async () => {
    const left: string[] = [];
    for (const id of registered.reverse()) if (!(await isDeleted(id))) left.push(id);
    registered = left.reverse();
  };
  return {
    get left() {
      return registered;
    },
    register(exchange) {
      const deleted = deletedProfile(exchange);
      registered = registered.filter((id) => id !== deleted);
      for (const id of createdProfiles(exchange)) if (!registered.includes(id)) registered.push(id);
    },
    deleteRegistered,
    async deleteByPrefix() {
      for (const id of await findByPrefix(target, prefix)) if (!registered.includes(id)) registered.push(id);
      await deleteRegistered();
    },
  };
}

/** Returns the ids of the profiles that an exchange has created, with `createProfile` or with a batch. */
function createdProfiles({ operation, answer, sent }: Exchange): string[] {
  if (answer === undefined) return [];
  if (operation === "createProfile") return createdIds(answer.status, answer.headers["location"], answer.body);
  if (operation !== "batch" || sent === undefined) return [];
  const [{ requests }, { responses }] = [Object(parseJson(sent)), Object(answer.body)];
  if (!Array.isArray(requests) || !Array.isArray(responses)) return [];
  return responses.flatMap((response) => {
    const { id, status, headers, body } = Object(response);
    const request = requests.find((one) => Object(one).id === id);
    const operationId = findOperationId(String(request?.method), `/${request?.url}`.replace("//", "/"));
    return operationId === "createProfile" ? createdIds(status, Object(headers)["Location"], body) : [];
  });
}

function createdIds(status: number, location: string | undefined, body: unknown): string[] {
  if (status < 200 || status >= 300) return [];
  const id: unknown = Object(body).id ?? decodeSegment(location?.split("/").at(-1));
  return typeof id === "string" && id !== "" ? [id] : [];
}

/** Decodes a path segment. Returns undefined if its percent-encoding is invalid. */
function decodeSegment(segment = ""): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function deletedProfile({ operation, answer, url }: Exchange): string | undefined {
  if (operation !== "deleteProfile" || answer?.status !== 204) return undefined;
  return decodeSegment(new URL(url).pathname.split("/").at(-1));
}

/** The maximum number of pages that are read, because a faulty server may never end the list. */
const maxPages = 1000;

/** Reads the whole list and filters it here, because the server's own filter may be faulty. */
async function findByPrefix(target: Target, prefix: string): Promise<string[]> {
  const ids: string[] = [];
  const visited = new Set<string>();
  let request = buildRequest(target, "listProfiles", {});
  // A faulty next link may lead back to an earlier page.
  while (visited.size < maxPages && !visited.has(request.url)) {
    visited.add(request.url);
    const { answer } = await send(target, request);
    const { value, "@odata.nextLink": next } = Object(answer?.body);
    if (answer?.status !== 200 || !Array.isArray(value)) return ids;
    const own = value.filter((profile) => String(Object(profile).displayName).startsWith(prefix));
    ids.push(...own.map(({ id }) => String(id)));
    const url = typeof next === "string" ? toTargetUrl(target, next) : undefined;
    if (url === undefined) return ids;
    request = { ...request, url };
  }
  return ids;
}

/** Converts a link from the server to a URL below `baseUrl`. Returns undefined for other hosts, which must not get a token. */
export function toTargetUrl({ baseUrl, roots }: Target, url: string): string | undefined {
  const root = roots.find((one) => url === one || url.startsWith(`${one}/`));
  return root === undefined ? undefined : `${baseUrl}${url.slice(root.length)}`;
}
