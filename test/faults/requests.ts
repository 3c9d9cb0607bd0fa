/** Converts an operation to a request. The indices in the operation are replaced by the ids of entities in the tenant. */
import { randomUUID } from "node:crypto";
import { type Call, profilesPath } from "../support/tenant.ts";
import type { Tenant } from "./model.ts";
import { chosen, holderOf } from "./modelAssignments.ts";
import type { Condition, Operation } from "./operations.ts";

export function toRequest(tenant: Tenant, operation: Operation): Call {
  switch (operation.kind) {
    case "listProfiles":
      return { method: "GET", path: profilesPath };
    case "countProfiles":
      return { method: "GET", path: `${profilesPath}/$count` };
    case "createProfile":
      return { method: "POST", path: profilesPath, body: operation.body };
  }
  const profile = chosen(tenant, operation.profile);
  const path = `${profilesPath}/${profile?.id ?? randomUUID()}`;
  switch (operation.kind) {
    case "getProfile":
      return { method: "GET", path };
    case "updateProfile":
      return { method: "PATCH", path, headers: headersOf(operation.condition, profile), body: operation.body };
    case "deleteProfile":
      return { method: "DELETE", path, headers: headersOf(operation.condition, profile) };
    case "setPriority":
      return { method: "POST", path: `${path}/setPriority`, body: { priority: operation.priority } };
    case "listAssignments":
      return { method: "GET", path: `${path}/assignments` };
    case "countAssignments":
      return { method: "GET", path: `${path}/assignments/$count` };
    case "createAssignment":
      return { method: "POST", path: `${path}/assignments`, body: { target: operation.target } };
  }
  const assignments = profile?.assignments ?? [];
  const { target } = "target" in operation ? operation : {};
  const isById = operation.assignment !== undefined;
  const assignment = isById ? chosen(assignments, operation.assignment) : target && holderOf(assignments, target);
  const id = assignment?.id ?? randomUUID();
  if (operation.kind === "getAssignment") return { method: "GET", path: `${path}/assignments/${id}` };
  const headers = headersOf(operation.condition, assignment);
  if (operation.kind === "deleteAssignment") return { method: "DELETE", path: `${path}/assignments/${id}`, headers };
  const body = { ...(target && { target }) };
  return operation.kind === "updateAssignment"
    ? { method: "PATCH", path: `${path}/assignments/${id}`, headers, body }
    : { method: "PATCH", path: `${path}/assignments`, headers, body: { ...(isById && { id }), ...body } };
}

function headersOf(condition: Condition, entity: { readonly version: number } | undefined): Record<string, string> {
  const tag = `W/"${entity?.version ?? 1}"`;
  switch (condition) {
    case "none":
      return {};
    case "If-Match: *":
      return { "If-Match": "*" };
    case "If-Match":
      return { "If-Match": tag };
    case "If-Match: stale":
      return { "If-Match": 'W/"0", W/"9999999"' };
    case "If-None-Match: *":
      return { "If-None-Match": "*" };
    case "If-None-Match":
      return { "If-None-Match": `W/"9999999", ${tag}` };
  }
}
