/** Mutants of the operations on a profile. */
import { randomUUID } from "node:crypto";
import { type Answered, answers, asks, between, type Mutant, misshapes, reads, writes } from "../mutant.ts";

/** The properties of a profile that PATCH sets, as they are in a new one. */
const defaults = {
  description: null,
  platform: "iOS",
  defaultEnrollmentType: "unknown",
  availableEnrollmentTypeOptions: [],
};

export const ofProfiles: readonly Mutant[] = [
  misshapes("createProfile 201", "a member is in no schema", ({ body }) => {
    body.internalId = 7;
  }),
  misshapes("createProfile 201", "a member that can't be null is", ({ body }) => {
    body.platform = null;
  }),
  misshapes("createProfile 201", "Location is missing", ({ headers }) => {
    delete headers["location"];
  }),
  between("createProfile 201", "Location leads to the profile made before", () => {
    let before: string | undefined;
    return async (asked, next) => {
      const answer = await next(asked);
      if (asked.operation !== "createProfile" || answer.status !== 201) return answer;
      const { location = "" } = answer.headers;
      answer.headers["location"] = before ?? location;
      before = location;
      return answer;
    };
  }),
  misshapes("createProfile 201", "it is a 200", (answer) => {
    answer.status = 200;
  }),
  answers("createProfile 201", "the dates are the caller's", ({ body }, asked) => {
    body.createdDateTime = asked.body.createdDateTime ?? body.createdDateTime;
  }),
  answers("createProfile 201", "dates have an offset that is not Z", ({ body }) => {
    body.createdDateTime = body.createdDateTime.replace("Z", "+00:00");
  }),
  answers("createProfile 201", "the platform is unknown by default", ({ body }, asked) => {
    body.platform = asked.body.platform ?? "unknown";
  }),
  asks("createProfile 201", "a profile is always appended", ({ body }) => {
    delete body?.priority;
  }),
  asks("createProfile 201", "the list of options ends after the first", ({ body }) => {
    body?.availableEnrollmentTypeOptions?.splice(1);
  }),
  writes("createProfile 201", "the description is not kept", (changes) =>
    changes.map((one) =>
      one.kind === "insertProfile" ? { ...one, profile: { ...one.profile, description: "lost" } } : one,
    ),
  ),
  asks("createProfile 201", "texts are trimmed", ({ body }) => {
    if (typeof body?.displayName === "string") body.displayName = body.displayName.trim();
  }),
  asks("createProfile 201", "an empty text is null", ({ body }) => {
    if (body?.description === "") body.description = null;
  }),
  between("createProfile 201", "a priority beyond the end is refused", () => async (asked, next) => {
    if (asked.operation === "createProfile" && asked.body?.priority > 1000) asked.body.priority = -1;
    return next(asked);
  }),
  asks("createProfile 400", "a name that is too long is cut off", ({ body }) => {
    if (body?.displayName) body.displayName = body.displayName.slice(0, 256);
  }),
  asks("createProfile 204", "return=minimal is not known", ({ headers }) => {
    delete headers["prefer"];
  }),
  answers("createProfile 204", "OData-EntityId is another URL", ({ headers }) => {
    headers["odata-entityid"] += "0";
  }),
  asks("createProfile 400", "an unknown property is silently dropped", ({ body }) => {
    delete body?.colour;
  }),
  asks("createProfile 400", "an unknown member becomes a known one", ({ body }) => {
    if (body?.platform === "beOS") body.platform = "unknown";
  }),
  reads("getProfile 404", "another tenant's profile can be read", ({ profile }) => {
    const tenants = new Set<string>();
    return {
      profile: async (tenant, id) => {
        tenants.add(tenant);
        for (const one of tenants) {
          const found = await profile(one, id);
          if (found) return found;
        }
        return undefined;
      },
    };
  }),
  misshapes("getProfile 200", "ETag is missing", ({ headers }) => {
    delete headers["etag"];
  }),
  answers("getProfile 200", "ETag and @odata.etag are not one", ({ headers }) => {
    headers["etag"] = 'W/"0"';
  }),
  asks("getProfile 200", "$select is ignored", ({ url }) => url.searchParams.delete("$select")),
  asks("getProfile 200", "$expand is ignored", ({ url }) => url.searchParams.delete("$expand")),
  asks("getProfile 304", "If-None-Match is ignored", ({ headers }) => {
    delete headers["if-none-match"];
  }),
  asks("getProfile 200", "any entity tag is known", ({ headers }) => {
    if (headers["if-none-match"]?.startsWith("W/")) headers["if-none-match"] = "*";
  }),
  asks("getProfile 400", "an option that it doesn't have is ignored", ({ url }) => url.searchParams.delete("$filter")),
  answers("getProfile 404", "it is a 410", (answer) => {
    answer.status = 410;
  }),
  misshapes("getProfile 200", "the entity is wrapped in value", (answer) => {
    answer.body = { value: answer.body };
  }),
  writes("updateProfile 200", "a change is answered and not written", (changes) =>
    changes.filter(({ kind }) => kind !== "updateProfile"),
  ),
  asks("updateProfile 200", "PATCH puts what isn't mentioned back to its default", (asked) => {
    if (Object(asked.body).description !== undefined) asked.body = { ...defaults, ...asked.body };
  }),
  asks("updateProfile 200", "null leaves what is there", ({ body }) => {
    if (body?.description === null) delete body.description;
  }),
  asks("updateProfile 400", "null leaves what can't be null", ({ body }) => {
    if (body?.displayName === null) delete body.displayName;
  }),
  between("updateProfile 200", "a change of nothing has a new entity tag", () => async (asked, next) => {
    if (asked.operation === "updateProfile" && asked.headers["if-match"] === undefined) {
      const { body: current } = await next({ ...asked, method: "GET", body: undefined });
      if (current?.id !== undefined) {
        for (const description of [randomUUID(), current.description]) await next({ ...asked, body: { description } });
      }
    }
    return next(asked);
  }),
  between("updateProfile 200", "the entity tag is always the first", () => async (asked, next) => {
    const answer = await next(asked);
    if (answer.status >= 300 || !asked.url.pathname.includes("Profiles")) return answer;
    if (answer.headers["etag"]) answer.headers["etag"] = 'W/"1"';
    if (answer.body?.["@odata.etag"]) answer.body["@odata.etag"] = 'W/"1"';
    return answer;
  }),
  answers("updateProfile 200", "createdDateTime moves as well", ({ body }) => {
    body.createdDateTime = body.lastModifiedDateTime;
  }),
  asks("updateProfile 200", "collections are merged and not replaced", ({ body }) => {
    body?.availableEnrollmentTypeOptions?.unshift({ ownerType: "personal", enrollmentType: "user" });
  }),
  asks("updateProfile 200", "the priority is not moved", ({ body }) => {
    delete body?.priority;
  }),
  asks("updateProfile 412", "If-Match is ignored", ({ headers }) => {
    delete headers["if-match"];
  }),
  answers("updateProfile 412", "it is a 409", (answer) => {
    answer.status = 409;
  }),
  answers("updateProfile 400", "the error names no property", ({ body }) => {
    delete body.error.target;
  }),
  asks("updateProfile 400", "an If-Match that is none is ignored", ({ headers }) => {
    if (headers["if-match"] === "nonsense") delete headers["if-match"];
  }),
  answers("updateProfile 204", "Preference-Applied is missing", ({ headers }) => {
    delete headers["preference-applied"];
  }),
  writes("deleteProfile 204", "nothing is deleted", (changes) =>
    changes.some(({ kind }) => kind === "deleteProfile") ? [] : changes,
  ),
  writes("deleteProfile 204", "a gap stays in the order", (changes) =>
    changes.filter(({ kind }) => kind !== "shiftPriorities" || !changes.some((one) => one.kind === "deleteProfile")),
  ),
  between("deleteProfile 204", "its assignments can still be read", () => {
    const known = new Map<string, Answered>();
    return async (asked, next) => {
      const answer = await next(asked);
      const { pathname } = asked.url;
      if (asked.operation === "createAssignment" && answer.status === 201) {
        const { status, ...rest } = answer;
        known.set(`${pathname}/${answer.body.id}`, { ...rest, status: 200 });
      }
      return (asked.operation === "getAssignment" && answer.status === 404 && known.get(pathname)) || answer;
    };
  }),
  answers("deleteProfile 404", "who deletes again is told that it is done", (answer) => {
    answer.status = 204;
    answer.body = undefined;
  }),
  asks("deleteProfile 412", "If-Match is ignored", ({ headers }) => {
    delete headers["if-match"];
  }),
  misshapes("deleteProfile 204", "it is a 200 with a body", (answer) => {
    answer.status = 200;
    answer.body = {};
  }),
  writes("setPriority 204", "those it passes stay where they are", (changes) =>
    changes.some(({ kind }) => kind === "updateProfile")
      ? changes.filter(({ kind }) => kind !== "shiftPriorities")
      : changes,
  ),
  asks("setPriority 204", "priorities count from 1", ({ body }) => {
    if (body?.priority > 0) body.priority -= 1;
  }),
  asks("setPriority 400", "a text is read as a number", ({ body }) => {
    if (body?.priority) body.priority = Number(body.priority);
  }),
  between("setPriority 400", "beyond the end is the end", () => async (asked, next) => {
    const answer = await next(asked);
    const isBeyond = asked.operation === "setPriority" && answer.status === 400 && asked.body?.priority > 1000;
    return isBeyond ? next({ ...asked, body: { priority: 0 } }) : answer;
  }),
  between("setPriority 404", "another tenant's profile can be moved", () => {
    let token = "";
    return async (asked, next) => {
      if (asked.operation === "createProfile") token = asked.headers["authorization"] ?? token;
      const answer = await next(asked);
      if (asked.operation !== "setPriority" || answer.status !== 404) return answer;
      return next({ ...asked, headers: { ...asked.headers, authorization: token } });
    };
  }),
];
