/** The Prefer header (RFC 7240; OData 4.01, 8.2.8). Unknown preferences are ignored, as the RFC demands. */

export interface Preferences {
  /** `return=minimal`: an answer without a body. `return=representation`: an answer with a body, which is the default. */
  readonly return?: "minimal" | "representation" | undefined;
  /** The largest number of entities on a page; at least 1. */
  readonly maxPageSize?: number | undefined;
  /** Shows the members of evolvable enumerations after `unknownFutureValue`. */
  readonly includeUnknownEnumMembers: boolean;
}

/** A comma in a quoted string is not a separator. */
const betweenCommas = /(?:[^,"]|"(?:\\.|[^"\\])*"?)+/g;

const noPreferences: Preferences = { includeUnknownEnumMembers: false };

export function preferencesOf({ Prefer }: { readonly Prefer?: string }): Preferences {
  // The case of nearly every request.
  if (Prefer === undefined) return noPreferences;
  const given = new Map<string, string>();
  for (const [preference] of Prefer.matchAll(betweenCommas)) {
    const [, name = "", quoted, bare] = /^\s*([\w.-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s;]*)))?/.exec(preference) ?? [];
    const key = name.toLowerCase().replace(/^odata\./, "");
    // If a preference is sent twice, the first counts (RFC 7240, 2).
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

/** The header that names the honoured preferences. Without any there is no header. */
export function applied(...preferences: readonly (string | false | undefined)[]): AppliedHeader {
  const names = preferences.filter((name) => typeof name === "string");
  return names.length === 0 ? {} : { "Preference-Applied": names.join(", ") };
}

function appliedReturn({ return: kind }: Preferences): string | undefined {
  return kind && `return=${kind}`;
}

/** The preferences that the answer to a write of an assignment has honoured. */
export function appliedToWrite(preferences: Preferences): AppliedHeader {
  return applied(appliedReturn(preferences));
}

/** The preferences that the answer to a write of a profile has honoured. Without a body it shows no members. */
export function appliedToProfile(preferences: Preferences): AppliedHeader {
  return applied(appliedReturn(preferences), preferences.return !== "minimal" && appliedEnumMembers(preferences));
}

export function appliedPageSize({ maxPageSize }: Preferences): string | undefined {
  return maxPageSize === undefined ? undefined : `odata.maxpagesize=${maxPageSize}`;
}

export function appliedEnumMembers({ includeUnknownEnumMembers }: Preferences): string | false {
  return includeUnknownEnumMembers && "include-unknown-enum-members";
}
