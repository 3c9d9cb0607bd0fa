/** Strings that a careless server may handle wrongly. */

/** Hostile string values for JSON bodies. */
export const hostileTexts: readonly string[] = [
  "\ud800",
  "a\udfff",
  "a\0b",
  "\u202eright to left\u202c",
  "e\u0301\u0301\u0301\u0301",
  "🍎👩‍👩‍👧‍👦",
  "\uffff\u{10ffff}\ufeff",
  "__proto__",
  "constructor",
  "'; DROP TABLE profiles; --",
  "' or '1' eq '1",
  "<script>alert(1)</script>",
  "#{7*7}{{7*7}}%{7*7}",
  "%00%2f..%2f",
  "../../etc/passwd",
  "$(id)`id`",
  "line\r\nSet-Cookie: a=b",
  " ",
  "null",
  "\\u0000",
];

/** Hostile member names that no schema declares. The names with `@` are annotations, which a server must ignore. */
export const hostileNames: readonly string[] = [
  "colour",
  "",
  "__proto__",
  "constructor",
  "toString",
  "DisplayName",
  "assignments",
  "a\0b",
  "\ud800",
  "@example.colour",
  "@odata.etag",
  "@odata.type",
  "@removed",
];

/** Hostile ids that no entity has. Each can be a single path segment of a URL. */
export const hostileIds: readonly string[] = [
  "00000000-0000-4000-8000-000000000000",
  "not_a_guid",
  "' or '1' eq '1",
  "a'b",
  "('a')",
  "a/b",
  "a\\b",
  "a?b=c#d",
  "a%2Fb",
  "a b",
  "\u202eé🍎",
  "a\0b",
  "a\r\nb",
  "__proto__",
  "constructor",
  "null",
  "undefined",
  "...",
  "; DROP TABLE profiles",
  "<b>",
  "x".repeat(2000),
];
