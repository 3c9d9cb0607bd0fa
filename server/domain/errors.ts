/** What a decision can refuse, and the part of the request to blame. The HTTP status of each kind is server/http/errors.ts's. */
export type DomainError = Invalid | NotFound | Conflict | PreconditionFailed;

interface Blame {
  /** The property, parameter or header to blame, as the caller spells it: `target.groupId`, `profileId`, `If-Match`. */
  readonly target: string;
  /** A whole sentence for the caller: what is wrong and, where it helps, what would do. */
  readonly message: string;
}

/** The command itself is wrong, or wrong for the state it meets. */
export interface Invalid extends Blame {
  readonly kind: "invalid";
}

/** The tenant has no such object. Another tenant's object is the same as none. */
export interface NotFound extends Blame {
  readonly kind: "notFound";
}

/** The change would break a uniqueness rule. */
export interface Conflict extends Blame {
  readonly kind: "conflict";
}

/** A condition the caller set does not hold. */
export interface PreconditionFailed extends Blame {
  readonly kind: "preconditionFailed";
}

export function invalid(target: string, message: string): Invalid {
  return { kind: "invalid", target, message };
}

export function profileNotFound(profileId: string): NotFound {
  return { kind: "notFound", target: "profileId", message: `There is no profile with the id '${short(profileId)}'.` };
}

/** @param target where the id stood: the path's `assignmentId`, or `id` in the body of the collection PATCH. */
export function assignmentNotFound(assignmentId: string, target: "assignmentId" | "id"): NotFound {
  const message = `There is no assignment with the id '${short(assignmentId)}' in this profile.`;
  return { kind: "notFound", target, message };
}

export function targetTaken(holderId: string): Conflict {
  const message = `The assignment '${holderId}' of this profile already has this target.`;
  return { kind: "conflict", target: "target", message };
}

/** A text of the caller's in a message: enough to recognise it, whatever its length. */
export function short(text: string): string {
  return text.length > 64 ? `${text.slice(0, 64).toWellFormed()}…` : text;
}
