/** The part of the model that covers the assignments of a profile. */
import { isDeepStrictEqual } from "node:util";
import type { Condition, Operation, TargetInput } from "./operations.ts";

export interface Assignment {
  readonly id: string;
  readonly version: number;
  readonly target: Target;
}

type Target = Readonly<Record<string, unknown>>;

type InProfile = Exclude<
  Extract<Operation, { readonly profile: number }>,
  { readonly kind: "getProfile" | "updateProfile" | "deleteProfile" | "setPriority" }
>;

export interface ExpectedInProfile {
  readonly status: number;
  readonly body?: unknown;
  /** The new assignments of the profile, if the operation changes them. */
  readonly assignments?: readonly Assignment[];
}

/**
 * Returns the entity for an index, or `undefined`: some indices stand for an entity that does not exist. A negative index
 * counts from the end.
 */
export function chosen<Entity>(entities: readonly Entity[], index: number): Entity | undefined {
  return index % 10 === 9 || entities.length === 0 ? undefined : entities.at(index % entities.length);
}

export function holds(condition: Condition, entity: { readonly version: number } | undefined): boolean {
  switch (condition) {
    case "none":
      return true;
    case "If-Match: *":
    case "If-Match":
      return entity !== undefined;
    case "If-Match: stale":
      return false;
    case "If-None-Match: *":
    case "If-None-Match":
      return entity === undefined;
  }
}

/** Returns whether the request is invalid regardless of the stored entities. The service refuses it before it reads them. */
export function isWrong(operation: Operation): boolean {
  switch (operation.kind) {
    case "createAssignment":
      return lacksFilter(merged(operation.target));
    case "updateAssignments":
      if (!operation.target) return operation.assignment === undefined;
      return hasWholeFilter(operation.target) && lacksFilter(operation.target);
    case "updateAssignment":
      return operation.target !== undefined && hasWholeFilter(operation.target) && lacksFilter(operation.target);
    default:
      return false;
  }
}

export function expectInProfile(
  { assignments }: { readonly assignments: readonly Assignment[] },
  operation: InProfile,
  newId: string,
): ExpectedInProfile {
  switch (operation.kind) {
    case "listAssignments":
      return { status: 200, body: assignments.map(shownAssignment) };
    case "countAssignments":
      return { status: 200, body: String(assignments.length) };
    case "createAssignment":
      if (holderOf(assignments, operation.target)) return { status: 409 };
      return { ...created(assignments, merged(operation.target), newId), status: 201 };
    case "getAssignment": {
      const assignment = chosen(assignments, operation.assignment);
      return assignment ? { status: 200, body: shownAssignment(assignment) } : { status: 404 };
    }
    case "updateAssignment":
      return updated(assignments, operation.assignment, operation.target, operation.condition);
    case "updateAssignments": {
      const { assignment, target, condition } = operation;
      if (assignment === undefined && target) return upserted(assignments, target, condition, newId);
      return updated(assignments, assignment ?? 0, target, condition);
    }
    case "deleteAssignment": {
      const assignment = chosen(assignments, operation.assignment);
      if (!assignment) return { status: 404 };
      if (!holds(operation.condition, assignment)) return { status: 412 };
      return { status: 204, assignments: assignments.filter((other) => other !== assignment) };
    }
  }
}

/** Predicts an update of the assignment with the given id. */
function updated(
  assignments: readonly Assignment[],
  index: number,
  target: TargetInput | undefined,
  condition: Condition,
): ExpectedInProfile {
  const assignment = chosen(assignments, index);
  if (!assignment) return { status: 404 };
  const next = target ? merged(target, assignment.target) : assignment.target;
  if (lacksFilter(next)) return { status: 400 };
  if (!holds(condition, assignment)) return { status: 412 };
  const others = assignments.filter((other) => other !== assignment);
  if (holderOf(others, next)) return { status: 409 };
  return replaced(assignments, assignment, next);
}

/** Predicts an update of the assignment with the given target, or its creation. An update keeps the spelling of the key. */
function upserted(
  assignments: readonly Assignment[],
  target: TargetInput,
  condition: Condition,
  newId: string,
): ExpectedInProfile {
  const holder = holderOf(assignments, target);
  const next = { ...merged(target, holder?.target), ...(holder && keyOf(holder.target)) };
  if (lacksFilter(next)) return { status: 400 };
  if (!holds(condition, holder)) return { status: 412 };
  return holder ? replaced(assignments, holder, next) : created(assignments, next, newId);
}

function created(assignments: readonly Assignment[], target: Target, id: string): ExpectedInProfile {
  const assignment = { id, version: 1, target };
  return { status: 200, body: shownAssignment(assignment), assignments: [...assignments, assignment] };
}

function replaced(assignments: readonly Assignment[], before: Assignment, target: Target): ExpectedInProfile {
  const after = isDeepStrictEqual(target, before.target) ? before : { ...before, target, version: before.version + 1 };
  const list = assignments.map((other) => (other === before ? after : other));
  return { status: 200, body: shownAssignment(after), assignments: list };
}

export function holderOf(assignments: readonly Assignment[], target: Target): Assignment | undefined {
  return assignments.find((other) => identityOf(other.target) === identityOf(target));
}

export function identityOf(target: Target): string {
  const [key = ""] = Object.values(keyOf(target));
  return `${typeOf(target)} ${String(key).replace(/[A-Z]+/g, (letters) => letters.toLowerCase())}`;
}

function keyOf({ groupId, collectionId }: Target): Target {
  return { ...(groupId !== undefined && { groupId }), ...(collectionId !== undefined && { collectionId }) };
}

function typeOf(target: Target): string {
  return String(target["@odata.type"]).replace(/^#?microsoft\.graph\./, "");
}

const filterOf = ({
  deviceAndAppManagementAssignmentFilterId = null,
  deviceAndAppManagementAssignmentFilterType = "none",
}: Target) => ({ deviceAndAppManagementAssignmentFilterId, deviceAndAppManagementAssignmentFilterType });

/** Returns the new target. It inherits only the filter from the previous target. */
function merged(target: TargetInput, before: Target = {}): Target {
  const type = typeOf(target);
  const isBase = type === "deviceAndAppManagementAssignmentTarget";
  return {
    ...filterOf(before),
    ...target,
    "@odata.type": isBase ? target["@odata.type"] : `#microsoft.graph.${type}`,
  };
}

function hasWholeFilter(target: TargetInput): boolean {
  return (
    target.deviceAndAppManagementAssignmentFilterId !== undefined &&
    target.deviceAndAppManagementAssignmentFilterType !== undefined
  );
}

function lacksFilter(target: Target): boolean {
  return (
    target["deviceAndAppManagementAssignmentFilterType"] !== "none" &&
    target["deviceAndAppManagementAssignmentFilterId"] === null
  );
}

/** Converts an assignment to the entity in an answer, without the context URL. */
export function shownAssignment({ id, version, target }: Assignment) {
  return {
    "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment",
    "@odata.etag": `W/"${version}"`,
    id,
    target,
  };
}
