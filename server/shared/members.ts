/** The members of objects, without losing their types. */

/** The names of the members that any type of the union has. */
export type MemberName<Union> = Union extends unknown ? keyof Union : never;

/** The names of an object's own members, in their order. */
export function memberNames<T extends object>(it: T): readonly Extract<keyof T, string>[] {
  const names: Extract<keyof T, string>[] = [];
  for (const name in it) names.push(name);
  return names;
}

/**
 * The members that are not undefined. The caller has to name every member of `T`, so a member that is added to `T` does
 * not compile until it is named.
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
