/** Parses the Prefer header (RFC 7240; OData 4.01, 8.2.8). Unknown preferences are ignored, as RFC 7240 requires. */

export interface Preferences {
  /** With `return=minimal`, the answer has no body. With `return=representation`, it has one, which is the default. */
  readonly return?: "minimal" | "representation" | undefined;
  /** The largest number of entities on a page; at least 1. */
  readonly maxPageSize?: number | undefined;
  /** Whether the answer shows the members after `unknownFutureValue` in evolvable enumerations. */
  readonly includeUnknownEnumMembers: boolean;
}

/** Matches a preference. A comma in a quoted string is not a separator. */
const betweenCommas = /(?:[^,"]|"(?:\\.|[^"\\])*"?)+/g;

const noPreferences: Preferences = { includeUnknownEnumMembers: false };

export function preferencesOf({ Prefer }: { readonly Prefer?: string }): Preferences {
  // Handles nearly all requests without parsing.
  if (Prefer === undefined) return noPreferences;
  const given = new Map<string, string>();
  for (const [preference] of Prefer.matchAll(betweenCommas)) {
    const [, name = "", quoted, bare] = /^\s*([\w.-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s;]*)))?/.exec(preference) ?? [];
    const key = name.toLowerCase().replace(/^odata\./, "");
    // If a preference is sent twice, the first value is used (RFC 7240, 2).
    if (key !== "" && !given.has(key)) given.set(key, quoted ?? bare ?? "");
  }
  const kind = given.get("return");
  const size = given.get("maxpagesize") ?? "";
  return {
    return: kind === "minimal" || kind === "representation" ? kind : undefined,
    maxPageSize: /^[1-9]\d{0,8}$/.test(size) ? Number(size) : undefined,
    includeUnknownEnumMembers: given.has("include-unknown-enum-members"),
  };
}

export interface AppliedHeader {
  readonly "Preference-Applied"?: string;
}

/** Returns the header Preference-Applied. If no preference was honoured, returns no header. */
export function applied(...preferences: readonly (string | false | undefined)[]): AppliedHeader {
  const names = preferences.filter((name) => typeof name === "string");
  return names.length === 0 ? {} : { "Preference-Applied": names.join(", ") };
}

function appliedReturn({ return: kind }: Preferences): string | undefined {
  return kind && `return=${kind}`;
}

/** Returns the header with the preferences that were honoured when an assignment was written. */
export function appliedToWrite(preferences: Preferences): AppliedHeader {
  return applied(appliedReturn(preferences));
}

/**
 * Returns the header with the preferences that were honoured when a profile was written. An answer without a body shows
 * no enumeration members, so it has not honoured the preference for them.
 */
export function appliedToProfile(preferences: Preferences): AppliedHeader {
  return applied(appliedReturn(preferences), preferences.return !== "minimal" && appliedEnumMembers(preferences));
}

export function appliedPageSize({ maxPageSize }: Preferences): string | undefined {
  return maxPageSize === undefined ? undefined : `odata.maxpagesize=${maxPageSize}`;
}

export function appliedEnumMembers({ includeUnknownEnumMembers }: Preferences): string | false {
  return includeUnknownEnumMembers && "include-unknown-enum-members";
}
