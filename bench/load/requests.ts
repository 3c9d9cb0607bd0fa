/** Creates the requests of a connection. Their bytes are prepared before the load; during it, only the ids are replaced. */
import {
  assignmentBody,
  assignmentId,
  assignmentsPath,
  collectionPath,
  filterId,
  groupId,
  listProfile,
  newGroupId,
  postProfile,
  profileId,
} from "../fixture.ts";
import type { Job, Kind } from "./job.ts";

export interface LoadRequest {
  readonly bytes: Buffer;
  readonly changes: boolean;
}

/** Returns the next request. Its bytes are valid until the next call, which suffices because connections do not pipeline. */
export type NextRequest = () => LoadRequest;

/** Ten requests of the scenario `mix`: six GETs of an assignment, two PATCHes, one list and one POST. */
const mixture: readonly Kind[] = ["get", "patch", "get", "get", "list", "get", "patch", "get", "post", "get"];

export function requestsOf(job: Job, connection: number, kind = job.workload.kind): NextRequest {
  switch (kind) {
    case "patch":
      return patches(job, connection);
    case "get":
      return gets(job, connection);
    case "list": {
      const path = assignmentsPath(profileId(listProfile(job.fixture)));
      const request = { bytes: message(job, "GET", path), changes: false };
      return () => request;
    }
    case "post":
      return posts(job, connection);
    case "setPriority":
      return moves(job, connection);
    case "mix": {
      const parts = new Map([...new Set(mixture)].map((part) => [part, requestsOf(job, connection, part)]));
      // Connections start at different positions in the cycle, so that they do not all request the list at the same time.
      const cycle = cyclic(
        mixture.flatMap((part) => parts.get(part) ?? []),
        connection,
      );
      return () => cycle()();
    }
  }
}

/** Creates PATCH requests. Each pass over the targets writes a different filter, so that every PATCH changes a value. */
function patches(job: Job, connection: number): NextRequest {
  const targets = targetsOf(job, connection);
  const filters = [0, 1].map((alternative) => filterId(job.round, connection, alternative));
  const body = assignmentBody(slot("group"), slot("filter"));
  const template = new Template(message(job, "PATCH", assignmentsPath(slot("profile")), body), true);
  let count = 0;
  return () => {
    const { profile, group } = at(targets, count);
    template.write("profile", profile);
    template.write("group", group);
    template.write("filter", at(filters, Math.floor(count / targets.length)));
    count++;
    return template;
  };
}

function gets(job: Job, connection: number): NextRequest {
  const next = cyclic(targetsOf(job, connection));
  const template = new Template(message(job, "GET", `${assignmentsPath(slot("profile"))}/${slot("id")}`), false);
  return () => {
    const { profile, id } = next();
    template.write("profile", profile);
    template.write("id", id);
    return template;
  };
}

function posts(job: Job, connection: number): NextRequest {
  const path = assignmentsPath(profileId(postProfile(job.fixture)));
  const body = assignmentBody(slot("group"), filterId(job.round, connection, 0));
  const template = new Template(message(job, "POST", path, body), true);
  let count = 0;
  return () => {
    template.write("group", newGroupId(job.round, connection, count++));
    return template;
  };
}

/**
 * Creates `setPriority` requests. Each connection moves its own profile, first to the middle of 1,000 and then back and
 * forth by 800 positions. The other connections together shift the profile by less, so that every move changes the order.
 */
function moves(job: Job, connection: number): NextRequest {
  const path = `${collectionPath}/${profileId(connection)}/setPriority`;
  const to = (place: number) => {
    return { bytes: message(job, "POST", path, { priority: place + (connection % 50) }), changes: true };
  };
  const first = to(500);
  const next = cyclic([to(900), to(100)]);
  let count = 0;
  return () => (count++ === 0 ? first : next());
}

interface Target {
  readonly profile: string;
  readonly id: string;
  readonly group: string;
}

/** Returns the targets of a connection. Connections do not share targets. */
function targetsOf({ fixture, workload, connections, round }: Job, connection: number): Target[] {
  const own = Math.floor((fixture.profiles * fixture.each) / connections);
  if (own === 0)
    throw new Error(
      `There are more connections (${connections}) than assignments in the store. Use fewer --connections.`,
    );
  const length = workload.spread === "hot" ? 1 : Math.min(own, 2_000);
  return Array.from({ length }, (_, index) => {
    // With a prime step, every index occurs once before one is repeated, and consecutive targets are far apart in the store.
    const place = workload.spread === "hot" ? 0 : (round * 104_729 + index * 7_919) % own;
    const number = place * connections + connection;
    const [profile, assignment] = [Math.floor(number / fixture.each), number % fixture.each];
    return {
      profile: profileId(profile),
      id: assignmentId(profile, assignment),
      group: groupId(profile, assignment),
    };
  });
}

function at<Item>(items: readonly Item[], count: number): Item {
  const item = items[count % items.length];
  if (item === undefined) throw new Error("The list is empty.");
  return item;
}

function cyclic<Item>(items: readonly Item[], start = 0): () => Item {
  let count = start;
  return () => at(items, count++);
}

/** Returns a placeholder of 36 characters, the length of a UUID. */
function slot(name: string): string {
  return `slot-${name}`.padEnd(36, "-");
}

class Template implements LoadRequest {
  readonly bytes: Buffer;
  readonly changes: boolean;
  readonly #offsets = new Map<string, number>();

  constructor(bytes: Buffer, changes: boolean) {
    this.bytes = bytes;
    this.changes = changes;
  }

  write(name: string, id: string): void {
    let offset = this.#offsets.get(name);
    if (offset === undefined) {
      offset = this.bytes.indexOf(slot(name));
      this.#offsets.set(name, offset);
    }
    this.bytes.write(id, offset, "latin1");
  }
}

function message({ port, basePath, token }: Job, method: string, path: string, body?: object): Buffer {
  const text = body === undefined ? "" : JSON.stringify(body);
  const ofBody = text === "" ? [] : ["Content-Type: application/json", `Content-Length: ${text.length}`];
  const head = [`${method} ${basePath}${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, `Authorization: Bearer ${token}`];
  return Buffer.from([...head, ...ofBody, "", text].join("\r\n"), "latin1");
}
