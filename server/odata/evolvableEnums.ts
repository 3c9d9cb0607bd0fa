/**
 * Evolvable enumerations: a member after the sentinel is newer than clients may know. It is shown as the sentinel, unless
 * the request prefers `include-unknown-enum-members` (Graph, *Handling future members in evolvable enumerations*).
 */

export const sentinel = "unknownFutureValue";

/** The sentinel and the members that are shown as it; empty if the enumeration has no sentinel. */
export function membersShownAsSentinel(members: readonly string[]): readonly string[] {
  const index = members.indexOf(sentinel);
  return index < 0 ? [] : members.slice(index);
}

/** Whether the enumeration has members that clients may not know. */
export function hasUnknownMembers(members: readonly string[]): boolean {
  return membersShownAsSentinel(members).length > 1;
}

/** Makes the function that replaces a member after the sentinel by the sentinel. */
export function sentinelFor<Member extends string>(members: readonly Member[]): (member: Member) => Member {
  const shown = members.find((member) => member === sentinel);
  if (shown === undefined || !hasUnknownMembers(members)) return (member) => member;
  const hidden: ReadonlySet<string> = new Set(membersShownAsSentinel(members).slice(1));
  return (member) => (hidden.has(member) ? shown : member);
}
