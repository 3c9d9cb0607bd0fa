/** Helpers that list the members of an object and keep their types. */

/** The names of all members that occur in at least one type of the union. */
export type MemberName<Union> = Union extends unknown ? keyof Union : never;

/** The names of an object's own members. */
export function memberNames<T extends object>(it: T): readonly Extract<keyof T, string>[] {
  const names: Extract<keyof T, string>[] = [];
  for (const name in it) names.push(name);
  return names;
}

/**
 * Returns a copy without the members that are undefined. The caller must pass every member of `T`. So after a member is
 * added to `T`, the caller does not compile until it passes that member.
 */
export function definedMembers<T extends object>(
  members: {
    readonly [Name in keyof T]: T[Name] | undefined;
  },
): Partial<T> {
  const defined: Partial<T> = {};
  for (const name in members) {
    const member = members[name];
    if (member !== undefined) defined[name] = member;
  }
  return defined;
}
