/** Mutants of the operations on assignments. */
import { randomUUID } from "node:crypto";
import { type Answered, answers, asks, between, type Mutant, misshapes, reads, writes } from "../mutant.ts";

const unfiltered = {
  deviceAndAppManagementAssignmentFilterId: null,
  deviceAndAppManagementAssignmentFilterType: "none",
};

export const ofAssignments: readonly Mutant[] = [
  misshapes("createAssignment 201", "the target's type has no #", ({ body }) => {
    body.target["@odata.type"] = body.target["@odata.type"].replace("#", "");
  }),
  misshapes("createAssignment 201", "a target without a filter doesn't say so", ({ body }) => {
    if (body.target.deviceAndAppManagementAssignmentFilterId === null) {
      for (const name of Object.keys(unfiltered)) delete body.target[name];
    }
  }),
  asks("createAssignment 201", "the filter is not kept", ({ body }) => {
    if (body?.target) for (const name of Object.keys(unfiltered)) delete body.target[name];
  }),
  asks("createAssignment 201", "an exclusion becomes an inclusion", ({ body }) => {
    if (body?.target?.["@odata.type"]) {
      body.target["@odata.type"] = body.target["@odata.type"].replace("exclusionGroup", "group");
    }
  }),
  answers("createAssignment 201", "Location leads to the collection", ({ headers }) => {
    headers["location"] = headers["location"]?.replace(/\/[^/]+$/, "") ?? "";
  }),
  asks("createAssignment 409", "groups are told apart by case", ({ body }) => {
    const { groupId } = Object(body?.target);
    if (groupId && groupId === groupId.toUpperCase()) body.target.groupId = randomUUID();
  }),
  between("createAssignment 201", "a group has one target, included or excluded", () => {
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
  between("createAssignment 201", "a target is one profile's in the whole tenant", () => {
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
  answers("createAssignment 409", "it is a 400", (answer) => {
    answer.status = 400;
    answer.body.error.code = "BadRequest";
  }),
  asks("createAssignment 400", "a filter's type without a filter is dropped", ({ body }) => {
    if (body?.target && body.target.deviceAndAppManagementAssignmentFilterId === undefined) {
      delete body.target.deviceAndAppManagementAssignmentFilterType;
    }
  }),
  misshapes("updateAssignments 200", "it is a 501", (answer) => {
    answer.status = 501;
    answer.body = { error: { code: "NotImplemented", message: "No method match route template" } };
  }),
  between("updateAssignments 200", "a repeated request makes the assignment anew", () => async (asked, next) => {
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
  between("updateAssignments 200", "the collection is replaced", () => async (asked, next) => {
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
  asks("updateAssignments 200", "what isn't said of the filter removes it", ({ body }) => {
    if (body?.target?.["@odata.type"]) body.target = { ...unfiltered, ...body.target };
  }),
  asks("updateAssignments 200", "groups are told apart by case", ({ body }) => {
    const { groupId } = Object(body?.target);
    if (groupId && groupId === groupId.toUpperCase()) body.target.groupId = randomUUID();
  }),
  asks("updateAssignments 200", "the abstract base has one spelling", ({ body }) => {
    const type = body?.target?.["@odata.type"];
    if (type?.endsWith("deviceAndAppManagementAssignmentTarget")) body.target["@odata.type"] = type.replace("#", "");
  }),
  asks("updateAssignments 400", "a delta ends after twenty", ({ body }) => {
    body?.value?.splice(20);
  }),
  asks("updateAssignments 400", "a delta's condition is ignored", ({ headers, body }) => {
    if (body?.value) delete headers["if-match"];
  }),
  asks("updateAssignments 404", "an unknown id makes an assignment", ({ body }) => {
    if (body?.id?.startsWith("00000000")) delete body.id;
  }),
  asks("updateAssignments 412", "If-None-Match is ignored", ({ headers }) => {
    delete headers["if-none-match"];
  }),
  asks("updateAssignments 412", "If-Match is ignored", ({ headers }) => {
    delete headers["if-match"];
  }),
  writes("updateAssignments 200", "a delta is done in half", (changes) => changes.slice(0, 1)),
  answers("updateAssignments 200", "a delta's answers are in another order", ({ body }) => {
    body.value?.reverse();
  }),
  answers("updateAssignments 200", "what a delta removes is not answered", ({ body }) => {
    if (body.value) body.value = body.value.filter((one: object) => !("@removed" in one));
  }),
  between("updateAssignments 400", "a delta that is wrong in part is done in part", () => async (asked, next) => {
    const answer = await next(asked);
    if (asked.operation === "updateAssignments" && answer.status === 400 && asked.body?.value) {
      await next({ ...asked, body: { ...asked.body, value: asked.body.value.slice(0, 1) } });
    }
    return answer;
  }),
  asks("updateAssignments 400", "an array is read as its first element", (asked) => {
    if (Array.isArray(asked.body)) asked.body = asked.body[0];
  }),
  asks("updateAssignments 204", "return=minimal is not known", ({ headers }) => {
    delete headers["prefer"];
  }),
  between("getAssignment 404", "an assignment is found in any profile", () => {
    const known = new Map<string, Answered>();
    return async (asked, next) => {
      const answer = await next(asked);
      if (asked.operation === "createAssignment" && answer.status === 201) {
        known.set(answer.body.id, { ...answer, status: 200 });
      }
      const found = known.get(asked.url.pathname.split("/").at(-1) ?? "");
      return (asked.operation === "getAssignment" && answer.status === 404 && found) || answer;
    };
  }),
  asks("getAssignment 304", "If-None-Match is ignored", ({ headers }) => {
    delete headers["if-none-match"];
  }),
  asks("getAssignment 200", "$select is ignored", ({ url }) => url.searchParams.delete("$select")),
  reads("getAssignment 200", "the entity tag is another one than was answered", ({ assignment }) => ({
    assignment: async (...asked) => {
      const found = await assignment(...asked);
      return found && { ...found, version: found.version + 1 };
    },
  })),
  writes("updateAssignment 200", "a change is answered and not written", (changes) =>
    changes.filter(({ kind }) => kind !== "updateAssignment"),
  ),
  writes("updateAssignment 200", "what is written has the old entity tag", (changes) =>
    changes.map((one) =>
      one.kind === "updateAssignment"
        ? { ...one, assignment: { ...one.assignment, version: one.assignment.version - 1 } }
        : one,
    ),
  ),
  answers("updateAssignment 200", "the id is a new one", ({ body }) => {
    body.id = randomUUID();
  }),
  asks("updateAssignment 200", "the filter is lost with the target", ({ body }) => {
    if (body?.target?.["@odata.type"]) body.target = { ...unfiltered, ...body.target };
  }),
  asks("updateAssignment 400", "a target that is null is left out", ({ body }) => {
    if (body?.target === null) delete body.target;
  }),
  asks("updateAssignment 409", "a target that another one has is left as it is", ({ body }) => {
    if (body?.target?.groupId?.startsWith("0f7a8d1e")) delete body.target;
  }),
  answers("updateAssignment 412", "it is a 409", (answer) => {
    answer.status = 409;
    answer.body.error.code = "Conflict";
  }),
  asks("updateAssignment 412", "If-None-Match is ignored", ({ headers }) => {
    delete headers["if-none-match"];
  }),
  writes("deleteAssignment 204", "nothing is deleted", (changes) =>
    changes.filter(({ kind }) => kind !== "deleteAssignment"),
  ),
  between("deleteAssignment 204", "all of the profile are deleted", () => async (asked, next) => {
    const answer = await next(asked);
    if (asked.operation === "deleteAssignment" && answer.status === 204) {
      const url = new URL(asked.url.href.replace(/\/[^/]+$/, ""));
      const { body: list } = await next({ ...asked, method: "GET", url });
      for (const { id } of list.value) await next({ ...asked, url: new URL(`${url}/${id}`) });
    }
    return answer;
  }),
  asks("deleteAssignment 412", "If-Match is ignored", ({ headers }) => {
    delete headers["if-match"];
  }),
  asks("deleteAssignment 412", "any entity tag will do", ({ headers }) => {
    if (headers["if-match"]?.startsWith("W/")) headers["if-match"] = "*";
  }),
  answers("deleteAssignment 404", "who deletes again is told that it is done", (answer) => {
    answer.status = 204;
    answer.body = undefined;
  }),
];
