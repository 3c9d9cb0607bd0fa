/**
 * Evolvable enumerations. Older clients may not know the members after the sentinel. So these members are returned as
 * the sentinel, unless the request has the preference `include-unknown-enum-members` (Graph, *Handling future members
 * in evolvable enumerations*).
 */

export const sentinel = "unknownFutureValue";

/** Returns the sentinel and the members that are shown as the sentinel. Empty if the enumeration has no sentinel. */
export function membersShownAsSentinel(members: readonly string[]): readonly string[] {
  const index = members.indexOf(sentinel);
  return index < 0 ? [] : members.slice(index);
}

/** Whether the enumeration has members that clients may not know. */
export function hasUnknownMembers(members: readonly string[]): boolean {
  return membersShownAsSentinel(members).length > 1;
}

/**
 * Returns the member to store if a client writes `written` in place of `stored`. A client that does not know the members after
 * the sentinel writes back the sentinel that it has read; then the stored member is kept.
 */
export function memberToStore<Member extends string>(
  members: readonly string[],
  written: Member,
  stored: Member,
): Member {
  return written === sentinel && membersShownAsSentinel(members).includes(stored) ? stored : written;
}

/** Returns a function that replaces each member after the sentinel with the sentinel. */
export function sentinelFor<Member extends string>(members: readonly Member[]): (member: Member) => Member {
  const shown = members.find((member) => member === sentinel);
  if (shown === undefined || !hasUnknownMembers(members)) return (member) => member;
  const hidden: ReadonlySet<string> = new Set(membersShownAsSentinel(members).slice(1));
  return (member) => (hidden.has(member) ? shown : member);
}
