/** The errors that a command can be refused with. server/http/errors.ts maps each kind to an HTTP status. */
export type DomainError = Invalid | NotFound | Conflict | PreconditionFailed;

interface Blame {
  /** The property, parameter or header that causes the error, such as `target.groupId`, `profileId` or `If-Match`. */
  readonly target: string;
  /** A sentence for the caller that says what is wrong and, if it helps, what would be correct. */
  readonly message: string;
}

/** The command is not valid, or not valid in the current state. */
export interface Invalid extends Blame {
  readonly kind: "invalid";
}

/** The tenant has no such object. An object of another tenant counts as missing. */
export interface NotFound extends Blame {
  readonly kind: "notFound";
}

/** The change would break a uniqueness rule. */
export interface Conflict extends Blame {
  readonly kind: "conflict";
}

/** A precondition of the request, such as If-Match, is not met. */
export interface PreconditionFailed extends Blame {
  readonly kind: "preconditionFailed";
}

export function invalid(target: string, message: string): Invalid {
  return { kind: "invalid", target, message };
}

export function profileNotFound(profileId: string): NotFound {
  return { kind: "notFound", target: "profileId", message: `There is no profile with the id '${short(profileId)}'.` };
}

/** @param target the part of the request that contains the id: `assignmentId` in the path, or `id` in the body. */
export function assignmentNotFound(assignmentId: string, target: "assignmentId" | "id"): NotFound {
  const message = `There is no assignment with the id '${short(assignmentId)}' in this profile.`;
  return { kind: "notFound", target, message };
}

export function targetTaken(holderId: string): Conflict {
  const message = `The assignment '${holderId}' of this profile already has this target.`;
  return { kind: "conflict", target: "target", message };
}

/** Shortens a text from the caller for a message. */
export function short(text: string): string {
  return text.length > 64 ? `${text.slice(0, 64).toWellFormed()}…` : text;
}
