/** Mutants of the operations on assignments. */
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

const unfiltered = {
  deviceAndAppManagementAssignmentFilterId: null,
  deviceAndAppManagementAssignmentFilterType: "none",
};

export const ofAssignments: readonly Mutant[] = [
  breakSchema("createAssignment 201", "the target's @odata.type has no #", ({ body }) => {
    body.target["@odata.type"] = body.target["@odata.type"].replace("#", "");
  }),
  breakSchema("createAssignment 201", "a target without a filter has no filter properties", ({ body }) => {
    if (body.target.deviceAndAppManagementAssignmentFilterId === null) {
      for (const name of Object.keys(unfiltered)) delete body.target[name];
    }
  }),
  changeRequest("createAssignment 201", "the filter is not stored", ({ body }) => {
    if (body?.target) for (const name of Object.keys(unfiltered)) delete body.target[name];
  }),
  changeRequest("createAssignment 201", "an excluded group is stored as included", ({ body }) => {
    if (body?.target?.["@odata.type"]) {
      body.target["@odata.type"] = body.target["@odata.type"].replace("exclusionGroup", "group");
    }
  }),
  changeAnswer("createAssignment 201", "Location leads to the collection", ({ headers }) => {
    headers["location"] = headers["location"]?.replace(/\/[^/]+$/, "") ?? "";
  }),
  changeRequest("createAssignment 409", "group ids are compared case-sensitively", ({ body }) => {
    const { groupId } = Object(body?.target);
    if (groupId && groupId === groupId.toUpperCase()) body.target.groupId = randomUUID();
  }),
  useGateway("createAssignment 201", "a group cannot be both included and excluded", () => {
    const taken = new Map<string, string>();
    return async (asked, next) => {
      const { operation, url, body } = asked;
      const groupId = operation === "createAssignment" && Object(body?.target).groupId;
      if (!groupId) return next(asked);
      const type = taken.get(`${url} ${groupId}`);
      if (type !== undefined) body.target["@odata.type"] = type;
      taken.set(`${url} ${groupId}`, body.target["@odata.type"]);
      return next(asked);
    };
  }),
  useGateway("createAssignment 201", "two profiles of the tenant cannot have the same target", () => {
    const taken = new Map<string, URL>();
    return async (asked, next) => {
      if (asked.operation !== "createAssignment") return next(asked);
      const target = JSON.stringify(asked.body?.target);
      const place = taken.get(target);
      const there = place && (await next({ ...asked, url: place }));
      if (there && there.status !== 404) return there;
      taken.set(target, asked.url);
      return next(asked);
    };
  }),
  changeAnswer("createAssignment 409", "the status is 400", (answer) => {
    answer.status = 400;
    answer.body.error.code = "BadRequest";
  }),
  changeRequest("createAssignment 400", "a filter type without a filter id is silently ignored", ({ body }) => {
    if (body?.target && body.target.deviceAndAppManagementAssignmentFilterId === undefined) {
      delete body.target.deviceAndAppManagementAssignmentFilterType;
    }
  }),
  breakSchema("updateAssignments 200", "the status is 501", (answer) => {
    answer.status = 501;
    answer.body = { error: { code: "NotImplemented", message: "No method match route template" } };
  }),
  useGateway("updateAssignments 200", "a repeated request creates the assignment again", () => async (asked, next) => {
    const { operation, url, body } = asked;
    if (operation === "updateAssignments" && body?.target && body.id === undefined) {
      const { body: list } = await next({ ...asked, method: "GET", body: undefined });
      for (const { id, target } of list?.value ?? []) {
        if (target["@odata.type"] !== body.target["@odata.type"] || target.groupId !== body.target.groupId) continue;
        await next({ ...asked, method: "DELETE", url: new URL(`${url}/${id}`), body: undefined });
      }
    }
    return next(asked);
  }),
  useGateway("updateAssignments 200", "all other assignments of the profile are deleted", () => async (asked, next) => {
    const answer = await next(asked);
    if (asked.operation === "updateAssignments" && answer.status === 200 && answer.body.id) {
      const { body: list } = await next({ ...asked, method: "GET", body: undefined });
      for (const { id } of list.value) {
        if (id === answer.body.id) continue;
        await next({ ...asked, method: "DELETE", url: new URL(`${asked.url}/${id}`), body: undefined });
      }
    }
    return answer;
  }),
  changeRequest("updateAssignments 200", "a request that omits the filter removes the stored filter", ({ body }) => {
    if (body?.target?.["@odata.type"]) body.target = { ...unfiltered, ...body.target };
  }),
  changeRequest("updateAssignments 200", "group ids are compared case-sensitively", ({ body }) => {
    const { groupId } = Object(body?.target);
    if (groupId && groupId === groupId.toUpperCase()) body.target.groupId = randomUUID();
  }),
  changeRequest("updateAssignments 200", "the # in the type of the abstract base target is dropped", ({ body }) => {
    const type = body?.target?.["@odata.type"];
    if (type?.endsWith("deviceAndAppManagementAssignmentTarget")) body.target["@odata.type"] = type.replace("#", "");
  }),
  changeRequest("updateAssignments 400", "a delta payload is cut off after 20 items", ({ body }) => {
    body?.value?.splice(20);
  }),
  changeRequest("updateAssignments 400", "the precondition of a delta payload is ignored", ({ headers, body }) => {
    if (body?.value) delete headers["if-match"];
  }),
  changeRequest("updateAssignments 404", "an unknown id creates an assignment", ({ body }) => {
    if (body?.id?.startsWith("00000000")) delete body.id;
  }),
  changeRequest("updateAssignments 412", "If-None-Match is ignored", ({ headers }) => {
    delete headers["if-none-match"];
  }),
  changeRequest("updateAssignments 412", "If-Match is ignored", ({ headers }) => {
    delete headers["if-match"];
  }),
  changeWrites("updateAssignments 200", "only the first change of a delta payload is stored", (changes) =>
    changes.slice(0, 1),
  ),
  changeAnswer("updateAssignments 200", "the results of a delta payload are in another order", ({ body }) => {
    body.value?.reverse();
  }),
  changeAnswer("updateAssignments 200", "removed items are missing in the answer to a delta payload", ({ body }) => {
    if (body.value) body.value = body.value.filter((one: object) => !("@removed" in one));
  }),
  useGateway(
    "updateAssignments 400",
    "the valid items of an invalid delta payload are applied",
    () => async (asked, next) => {
      const answer = await next(asked);
      if (asked.operation === "updateAssignments" && answer.status === 400 && asked.body?.value) {
        await next({ ...asked, body: { ...asked.body, value: asked.body.value.slice(0, 1) } });
      }
      return answer;
    },
  ),
  changeRequest("updateAssignments 400", "an array is read as its first element", (asked) => {
    if (Array.isArray(asked.body)) asked.body = asked.body[0];
  }),
  changeRequest("updateAssignments 204", "return=minimal is ignored", ({ headers }) => {
    delete headers["prefer"];
  }),
  useGateway("getAssignment 404", "an assignment is found in any profile", () => {
    const known = new Map<string, GatewayAnswer>();
    return async (asked, next) => {
      const answer = await next(asked);
      if (asked.operation === "createAssignment" && answer.status === 201) {
        known.set(answer.body.id, { ...answer, status: 200 });
      }
      const found = known.get(asked.url.pathname.split("/").at(-1) ?? "");
      return (asked.operation === "getAssignment" && answer.status === 404 && found) || answer;
    };
  }),
  changeRequest("getAssignment 304", "If-None-Match is ignored", ({ headers }) => {
    delete headers["if-none-match"];
  }),
  changeRequest("getAssignment 200", "$select is ignored", ({ url }) => url.searchParams.delete("$select")),
  changeReads("getAssignment 200", "the entity tag differs from the one that the write returned", ({ assignment }) => ({
    assignment: async (...asked) => {
      const found = await assignment(...asked);
      return found && { ...found, version: found.version + 1 };
    },
  })),
  changeWrites("updateAssignment 200", "a change is returned but not stored", (changes) =>
    changes.filter(({ kind }) => kind !== "updateAssignment"),
  ),
  changeWrites("updateAssignment 200", "the entity tag stays the same after a change", (changes) =>
    changes.map((one) =>
      one.kind === "updateAssignment"
        ? { ...one, assignment: { ...one.assignment, version: one.assignment.version - 1 } }
        : one,
    ),
  ),
  changeAnswer("updateAssignment 200", "the id of the assignment changes", ({ body }) => {
    body.id = randomUUID();
  }),
  changeRequest("updateAssignment 200", "a new target loses the filter", ({ body }) => {
    if (body?.target?.["@odata.type"]) body.target = { ...unfiltered, ...body.target };
  }),
  changeRequest("updateAssignment 400", "a target that is null is ignored", ({ body }) => {
    if (body?.target === null) delete body.target;
  }),
  changeRequest("updateAssignment 409", "a target that another assignment has is silently ignored", ({ body }) => {
    if (body?.target?.groupId?.startsWith("0f7a8d1e")) delete body.target;
  }),
  changeAnswer("updateAssignment 412", "the status is 409", (answer) => {
    answer.status = 409;
    answer.body.error.code = "Conflict";
  }),
  changeRequest("updateAssignment 412", "If-None-Match is ignored", ({ headers }) => {
    delete headers["if-none-match"];
  }),
  changeWrites("deleteAssignment 204", "the assignment is not deleted", (changes) =>
    changes.filter(({ kind }) => kind !== "deleteAssignment"),
  ),
  useGateway("deleteAssignment 204", "all assignments of the profile are deleted", () => async (asked, next) => {
    const answer = await next(asked);
    if (asked.operation === "deleteAssignment" && answer.status === 204) {
      const url = new URL(asked.url.href.replace(/\/[^/]+$/, ""));
      const { body: list } = await next({ ...asked, method: "GET", url });
      for (const { id } of list.value) await next({ ...asked, url: new URL(`${url}/${id}`) });
    }
    return answer;
  }),
  changeRequest("deleteAssignment 412", "If-Match is ignored", ({ headers }) => {
    delete headers["if-match"];
  }),
  changeRequest("deleteAssignment 412", "any entity tag matches", ({ headers }) => {
    if (headers["if-match"]?.startsWith("W/")) headers["if-match"] = "*";
  }),
  changeAnswer("deleteAssignment 404", "deleting an assignment twice succeeds", (answer) => {
    answer.status = 204;
    answer.body = undefined;
  }),
];
