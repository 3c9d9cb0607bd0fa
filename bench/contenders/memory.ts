/** Implements this service's rules for assignments in memory, so that the OpenAPI frameworks do the same work. */
import { randomUUID } from "node:crypto";
import { isSameJson } from "../../server/domain/json.ts";
import type { Assignment } from "../../server/domain/model.ts";
import { identityOf, mergeTarget, type TargetInput } from "../../server/domain/targets.ts";
import { assignmentUrl, context } from "../../server/graph/urls.ts";
import {
  assignmentBody,
  assignmentCounts,
  assignmentId,
  type Fixture,
  filterId,
  groupId,
  profileId,
} from "../fixture.ts";

export interface AssignmentInput {
  readonly target: TargetInput;
}

export interface Reply {
  readonly status: number;
  /** The body, which is sent as JSON. */
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;
}

export class Memory {
  /** The number of changes since the start. */
  changed = 0;
  readonly #root: string;
  readonly #profiles: ReadonlyMap<string, Profile>;

  /** @param root the service root, with which the URLs in answers begin. */
  constructor(fixture: Fixture, root: string) {
    this.#root = root;
    this.#profiles = new Map(
      assignmentCounts(fixture).map((count, index) => [profileId(index), new Profile(index, count)]),
    );
  }

  update(profileId: string, { target: input }: AssignmentInput): Reply {
    const profile = this.#profiles.get(profileId);
    if (profile === undefined) return notFound;
    const current = profile.byTarget.get(identityOf(input));
    const target = mergeTarget(input, current?.target);
    if (current !== undefined && isSameJson(current.target, target)) return this.#entity(200, profileId, current);
    return this.#write(200, profileId, profile, {
      id: current?.id ?? randomUUID(),
      target,
      version: (current?.version ?? 0) + 1,
    });
  }

  create(profileId: string, { target: input }: AssignmentInput): Reply {
    const profile = this.#profiles.get(profileId);
    if (profile === undefined) return notFound;
    if (profile.byTarget.has(identityOf(input))) return conflict;
    return this.#write(201, profileId, profile, { id: randomUUID(), target: mergeTarget(input), version: 1 });
  }

  get(profileId: string, id: string): Reply {
    const assignment = this.#profiles.get(profileId)?.byId.get(id);
    return assignment === undefined ? notFound : this.#entity(200, profileId, assignment);
  }

  list(profileId: string): Reply {
    const profile = this.#profiles.get(profileId);
    if (profile === undefined) return notFound;
    const value = [...profile.byId.values()].map(entityOf);
    return ok(200, { "@odata.context": context.assignments(this.#root, profileId), value });
  }

  #write(status: number, profileId: string, profile: Profile, assignment: Assignment): Reply {
    profile.set(assignment);
    this.changed++;
    return this.#entity(status, profileId, assignment);
  }

  #entity(status: number, profileId: string, assignment: Assignment): Reply {
    const body = { "@odata.context": context.assignment(this.#root, profileId), ...entityOf(assignment) };
    const location = status === 201 ? { location: assignmentUrl(this.#root, profileId, assignment.id) } : {};
    return ok(status, body, { etag: body["@odata.etag"], ...location });
  }
}

class Profile {
  readonly byId = new Map<string, Assignment>();
  readonly byTarget = new Map<string, Assignment>();

  constructor(index: number, count: number) {
    for (let number = 0; number < count; number++) {
      const { target } = assignmentBody(groupId(index, number), filterId(0, 0, 0));
      this.set({ id: assignmentId(index, number), target: mergeTarget(target), version: 1 });
    }
  }

  set(assignment: Assignment): void {
    this.byId.set(assignment.id, assignment);
    this.byTarget.set(identityOf(assignment.target), assignment);
  }
}

function entityOf({ id, target, version }: Assignment) {
  return {
    "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment",
    "@odata.etag": `W/"${version}"`,
    id,
    target,
  } as const;
}

const notFound: Reply = { status: 404, body: { error: { code: "ResourceNotFound" } }, headers: {} };
const conflict: Reply = { status: 409, body: { error: { code: "Conflict" } }, headers: {} };

function ok(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Reply {
  const id = randomUUID();
  return { status, body, headers: { ...graphHeaders, "request-id": id, "client-request-id": id, ...headers } };
}

const graphHeaders = {
  "content-type": "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
  "odata-version": "4.0",
};
