/** Mutants of the operations on a profile. */
import { randomUUID } from "node:crypto";
import {
  breakSchema,
  changeAnswer,
  changeReads,
  changeRequest,
  changeWrites,
  type GatewayAnswer,
  type Mutant,
  useGateway,
} from "../mutant.ts";

/** The default values of the properties that PATCH can set. */
const defaults = {
  description: null,
  platform: "iOS",
  defaultEnrollmentType: "unknown",
  availableEnrollmentTypeOptions: [],
};

export const ofProfiles: readonly Mutant[] = [
  breakSchema("createProfile 201", "the body has an undeclared property", ({ body }) => {
    body.internalId = 7;
  }),
  breakSchema("createProfile 201", "a property that is not nullable is null", ({ body }) => {
    body.platform = null;
  }),
  breakSchema("createProfile 201", "Location is missing", ({ headers }) => {
    delete headers["location"];
  }),
  useGateway("createProfile 201", "Location leads to the previously created profile", () => {
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
  breakSchema("createProfile 201", "the status is 200", (answer) => {
    answer.status = 200;
  }),
  changeAnswer("createProfile 201", "the dates in the request are stored", ({ body }, asked) => {
    body.createdDateTime = asked.body.createdDateTime ?? body.createdDateTime;
  }),
  changeAnswer("createProfile 201", "dates have an offset other than Z", ({ body }) => {
    body.createdDateTime = body.createdDateTime.replace("Z", "+00:00");
  }),
  changeAnswer("createProfile 201", "the default platform is 'unknown'", ({ body }, asked) => {
    body.platform = asked.body.platform ?? "unknown";
  }),
  changeRequest("createProfile 201", "a new profile is always appended", ({ body }) => {
    delete body?.priority;
  }),
  changeRequest("createProfile 201", "only the first enrollment type option is stored", ({ body }) => {
    body?.availableEnrollmentTypeOptions?.splice(1);
  }),
  changeWrites("createProfile 201", "the description is not stored", (changes) =>
    changes.map((one) =>
      one.kind === "insertProfile" ? { ...one, profile: { ...one.profile, description: "lost" } } : one,
    ),
  ),
  changeRequest("createProfile 201", "spaces around a text are removed", ({ body }) => {
    if (typeof body?.displayName === "string") body.displayName = body.displayName.trim();
  }),
  changeRequest("createProfile 201", "an empty text is stored as null", ({ body }) => {
    if (body?.description === "") body.description = null;
  }),
  useGateway("createProfile 201", "a priority beyond the end is refused", () => async (asked, next) => {
    if (asked.operation === "createProfile" && asked.body?.priority > 1000) asked.body.priority = -1;
    return next(asked);
  }),
  changeRequest("createProfile 400", "a displayName that is too long is cut off", ({ body }) => {
    if (body?.displayName) body.displayName = body.displayName.slice(0, 256);
  }),
  changeRequest("createProfile 204", "return=minimal is ignored", ({ headers }) => {
    delete headers["prefer"];
  }),
  changeAnswer("createProfile 204", "OData-EntityId is another URL", ({ headers }) => {
    headers["odata-entityid"] += "0";
  }),
  changeRequest("createProfile 400", "an unknown property is silently ignored", ({ body }) => {
    delete body?.colour;
  }),
  changeRequest("createProfile 400", "an unknown platform is stored as 'unknown'", ({ body }) => {
    if (body?.platform === "beOS") body.platform = "unknown";
  }),
  changeReads("getProfile 404", "another tenant's profile can be read", ({ profile }) => {
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
  breakSchema("getProfile 200", "ETag is missing", ({ headers }) => {
    delete headers["etag"];
  }),
  changeAnswer("getProfile 200", "ETag and @odata.etag differ", ({ headers }) => {
    headers["etag"] = 'W/"0"';
  }),
  changeRequest("getProfile 200", "$select is ignored", ({ url }) => url.searchParams.delete("$select")),
  changeRequest("getProfile 200", "$expand is ignored", ({ url }) => url.searchParams.delete("$expand")),
  changeRequest("getProfile 304", "If-None-Match is ignored", ({ headers }) => {
    delete headers["if-none-match"];
  }),
  changeRequest("getProfile 200", "any entity tag matches", ({ headers }) => {
    if (headers["if-none-match"]?.startsWith("W/")) headers["if-none-match"] = "*";
  }),
  changeRequest("getProfile 400", "an unsupported option is ignored", ({ url }) => url.searchParams.delete("$filter")),
  changeAnswer("getProfile 404", "the status is 410", (answer) => {
    answer.status = 410;
  }),
  breakSchema("getProfile 200", "the entity is wrapped in an object with the property value", (answer) => {
    answer.body = { value: answer.body };
  }),
  changeWrites("updateProfile 200", "a change is returned but not stored", (changes) =>
    changes.filter(({ kind }) => kind !== "updateProfile"),
  ),
  changeRequest("updateProfile 200", "PATCH resets properties that the request omits", (asked) => {
    if (Object(asked.body).description !== undefined) asked.body = { ...defaults, ...asked.body };
  }),
  changeRequest("updateProfile 200", "null does not clear a property", ({ body }) => {
    if (body?.description === null) delete body.description;
  }),
  changeRequest("updateProfile 400", "null for a property that is not nullable is ignored", ({ body }) => {
    if (body?.displayName === null) delete body.displayName;
  }),
  useGateway(
    "updateProfile 200",
    "a request that changes nothing changes the entity tag",
    () => async (asked, next) => {
      if (asked.operation === "updateProfile" && asked.headers["if-match"] === undefined) {
        const { body: current } = await next({ ...asked, method: "GET", body: undefined });
        if (current?.id !== undefined) {
          for (const description of [randomUUID(), current.description])
            await next({ ...asked, body: { description } });
        }
      }
      return next(asked);
    },
  ),
  useGateway("updateProfile 200", "the entity tag never changes", () => async (asked, next) => {
    const answer = await next(asked);
    if (answer.status >= 300 || !asked.url.pathname.includes("Profiles")) return answer;
    if (answer.headers["etag"]) answer.headers["etag"] = 'W/"1"';
    if (answer.body?.["@odata.etag"]) answer.body["@odata.etag"] = 'W/"1"';
    return answer;
  }),
  changeAnswer("updateProfile 200", "a change also changes createdDateTime", ({ body }) => {
    body.createdDateTime = body.lastModifiedDateTime;
  }),
  changeRequest("updateProfile 200", "collections are merged instead of replaced", ({ body }) => {
    body?.availableEnrollmentTypeOptions?.unshift({ ownerType: "personal", enrollmentType: "user" });
  }),
  changeRequest("updateProfile 200", "the priority in the request is ignored", ({ body }) => {
    delete body?.priority;
  }),
  changeRequest("updateProfile 412", "If-Match is ignored", ({ headers }) => {
    delete headers["if-match"];
  }),
  changeAnswer("updateProfile 412", "the status is 409", (answer) => {
    answer.status = 409;
  }),
  changeAnswer("updateProfile 400", "the error names no property", ({ body }) => {
    delete body.error.target;
  }),
  changeRequest("updateProfile 400", "a malformed If-Match is ignored", ({ headers }) => {
    if (headers["if-match"] === "nonsense") delete headers["if-match"];
  }),
  changeAnswer("updateProfile 204", "Preference-Applied is missing", ({ headers }) => {
    delete headers["preference-applied"];
  }),
  changeWrites("deleteProfile 204", "the profile is not deleted", (changes) =>
    changes.some(({ kind }) => kind === "deleteProfile") ? [] : changes,
  ),
  changeWrites("deleteProfile 204", "a deletion leaves a gap in the priorities", (changes) =>
    changes.filter(({ kind }) => kind !== "shiftPriorities" || !changes.some((one) => one.kind === "deleteProfile")),
  ),
  useGateway("deleteProfile 204", "its assignments can still be read", () => {
    const known = new Map<string, GatewayAnswer>();
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
  changeAnswer("deleteProfile 404", "deleting a profile twice succeeds", (answer) => {
    answer.status = 204;
    answer.body = undefined;
  }),
  changeRequest("deleteProfile 412", "If-Match is ignored", ({ headers }) => {
    delete headers["if-match"];
  }),
  breakSchema("deleteProfile 204", "the status is 200 with a body", (answer) => {
    answer.status = 200;
    answer.body = {};
  }),
  changeWrites("setPriority 204", "the profiles between the old and the new priority do not move", (changes) =>
    changes.some(({ kind }) => kind === "updateProfile")
      ? changes.filter(({ kind }) => kind !== "shiftPriorities")
      : changes,
  ),
  changeRequest("setPriority 204", "priorities count from 1", ({ body }) => {
    if (body?.priority > 0) body.priority -= 1;
  }),
  changeRequest("setPriority 400", "a text is read as a number", ({ body }) => {
    if (body?.priority) body.priority = Number(body.priority);
  }),
  useGateway("setPriority 400", "a priority beyond the end moves the profile to the end", () => async (asked, next) => {
    const answer = await next(asked);
    const isBeyond = asked.operation === "setPriority" && answer.status === 400 && asked.body?.priority > 1000;
    return isBeyond ? next({ ...asked, body: { priority: 0 } }) : answer;
  }),
  useGateway("setPriority 404", "another tenant's profile can be moved", () => {
    let token = "";
    return async (asked, next) => {
      if (asked.operation === "createProfile") token = asked.headers["authorization"] ?? token;
      const answer = await next(asked);
      if (asked.operation !== "setPriority" || answer.status !== 404) return answer;
      return next({ ...asked, headers: { ...asked.headers, authorization: token } });
    };
  }),
];
