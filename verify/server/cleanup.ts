/** What a run has made, so that it is gone when the run is. */
import { operationOf } from "./contract.ts";
import { type Exchange, parsedJson, requestOf, send } from "./exchange.ts";
import type { Target } from "./target.ts";

export interface Ledger {
  /** Notes what the exchange has made. */
  note(exchange: Exchange): void;
  /** Deletes what is noted, the newest first. What can't be deleted stays noted. */
  settle(): Promise<void>;
  /** Deletes every profile whose name begins with the run's prefix: what nobody was told of, or answered with a lie. */
  sweep(): Promise<void>;
  /** The ids of the profiles that could not be deleted. */
  readonly left: readonly string[];
}

/** @param prefix of the names that this run gives. Profiles of another name are never deleted by `sweep`. */
export function openLedger(target: Target, prefix: string): Ledger {
  let noted: string[] = [];
  const isGone = async (profileId: string): Promise<boolean> => {
    const { answer } = await send(target, requestOf(target, "deleteProfile", { path: { profileId } }));
    return answer !== undefined && (answer.status === 204 || answer.status === 404);
  };
  const settle = async () => {
    const left: string[] = [];
    for (const id of noted.reverse()) if (!(await isGone(id))) left.push(id);
    noted = left.reverse();
  };
  return {
    get left() {
      return noted;
    },
    note(exchange) {
      const gone = deletedBy(exchange);
      noted = noted.filter((id) => id !== gone);
      for (const id of madeBy(exchange)) if (!noted.includes(id)) noted.push(id);
    },
    settle,
    async sweep() {
      for (const id of await namedLike(target, prefix)) if (!noted.includes(id)) noted.push(id);
      await settle();
    },
  };
}

/** The ids of the profiles that an exchange has made, by itself or as a batch. */
function madeBy({ operation, answer, sent }: Exchange): string[] {
  if (answer === undefined) return [];
  if (operation === "createProfile") return idsOf(answer.status, answer.headers["location"], answer.body);
  if (operation !== "batch" || sent === undefined) return [];
  const [{ requests }, { responses }] = [Object(parsedJson(sent)), Object(answer.body)];
  if (!Array.isArray(requests) || !Array.isArray(responses)) return [];
  return responses.flatMap((response) => {
    const { id, status, headers, body } = Object(response);
    const request = requests.find((one) => Object(one).id === id);
    const operationId = operationOf(String(request?.method), `/${request?.url}`.replace("//", "/"));
    return operationId === "createProfile" ? idsOf(status, Object(headers)["Location"], body) : [];
  });
}

function idsOf(status: number, location: string | undefined, body: unknown): string[] {
  if (status < 200 || status >= 300) return [];
  const id: unknown = Object(body).id ?? decoded(location?.split("/").at(-1));
  return typeof id === "string" && id !== "" ? [id] : [];
}

/** A segment of a path; undefined for one that a server has encoded wrongly. */
function decoded(segment = ""): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function deletedBy({ operation, answer, url }: Exchange): string | undefined {
  if (operation !== "deleteProfile" || answer?.status !== 204) return undefined;
  return decoded(new URL(url).pathname.split("/").at(-1));
}

/** More pages than this are no list. */
const pages = 1000;

/** Read whole, and told apart here: a filter could be what the server does wrong. */
async function namedLike(target: Target, prefix: string): Promise<string[]> {
  const ids: string[] = [];
  const asked = new Set<string>();
  let request = requestOf(target, "listProfiles", {});
  // A link may lead back to where one was.
  while (asked.size < pages && !asked.has(request.url)) {
    asked.add(request.url);
    const { answer } = await send(target, request);
    const { value, "@odata.nextLink": next } = Object(answer?.body);
    if (answer?.status !== 200 || !Array.isArray(value)) return ids;
    const own = value.filter((profile) => String(Object(profile).displayName).startsWith(prefix));
    ids.push(...own.map(({ id }) => String(id)));
    const url = typeof next === "string" ? belowRoot(target, next) : undefined;
    if (url === undefined) return ids;
    request = { ...request, url };
  }
  return ids;
}

/** The URL as it is asked for here, if it is one of the server's own: no token goes anywhere else. */
export function belowRoot({ baseUrl, roots }: Target, url: string): string | undefined {
  const root = roots.find((one) => url === one || url.startsWith(`${one}/`));
  return root === undefined ? undefined : `${baseUrl}${url.slice(root.length)}`;
}
