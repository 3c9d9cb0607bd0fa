/** The Prefer header (RFC 7240; OData 4.01, 8.2.8). What isn't known here is ignored, as the RFC wants. */

export interface Preferences {
  /** `return=minimal`: no body; `return=representation`: a body, as without it. */
  readonly return?: "minimal" | "representation" | undefined;
  /** Entities on a page; at least 1. */
  readonly maxPageSize?: number | undefined;
  /** Shows members of evolvable enumerations beyond `unknownFutureValue`. */
  readonly includeUnknownEnumMembers: boolean;
}

/** A comma in a quoted string separates nothing. */
const betweenCommas = /(?:[^,"]|"(?:\\.|[^"\\])*"?)+/g;

const none: Preferences = { includeUnknownEnumMembers: false };

export function preferencesOf({ Prefer }: { readonly Prefer?: string }): Preferences {
  // As nearly every request.
  if (Prefer === undefined) return none;
  const given = new Map<string, string>();
  for (const [preference] of Prefer.matchAll(betweenCommas)) {
    const [, name = "", quoted, bare] = /^\s*([\w.-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s;]*)))?/.exec(preference) ?? [];
    const key = name.toLowerCase().replace(/^odata\./, "");
    // Of two, the first counts (RFC 7240, 2).
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

/** The header that says which preferences were honoured; none if there were none. */
export function applied(...preferences: readonly (string | false | undefined)[]): AppliedHeader {
  const names = preferences.filter((name) => typeof name === "string");
  return names.length === 0 ? {} : { "Preference-Applied": names.join(", ") };
}

function appliedReturn({ return: kind }: Preferences): string | undefined {
  return kind && `return=${kind}`;
}

/** What was honoured in the answer to a write. */
export function appliedToWrite(preferences: Preferences): AppliedHeader {
  return applied(appliedReturn(preferences));
}

/** The same of a profile: one without a body shows no members. */
export function appliedToProfile(preferences: Preferences): AppliedHeader {
  return applied(appliedReturn(preferences), preferences.return !== "minimal" && appliedEnumMembers(preferences));
}

export function appliedPageSize({ maxPageSize }: Preferences): string | undefined {
  return maxPageSize === undefined ? undefined : `odata.maxpagesize=${maxPageSize}`;
}

export function appliedEnumMembers({ includeUnknownEnumMembers }: Preferences): string | false {
  return includeUnknownEnumMembers && "include-unknown-enum-members";
}
