/**
 * The one form of a request target (RFC 9112, 3.2) that routing sees. Absolute form loses its origin and a fragment is
 * dropped. `%24` is `$`, as some callers spell it; in the names of query options the query's parser sees to that. OData's
 * other spellings become the contract's: `…Profiles('id')` and `assignments('id')`, `microsoft.graph.setPriority`. A path
 * that is not valid percent-encoding names nothing: its percent signs are taken for themselves, so that it is refused where
 * any unknown route or id is, after the token was checked.
 */
export function normalTarget(target: string): string {
  if (isNormal.test(target)) return target;
  const originForm = target.replace(/^https?:\/\/[^/?#]*/i, "").replace(/#.*$/s, "");
  const [path = "", ...query] = originForm.split("?");
  const rooted = path.startsWith("/") ? path : `/${path}`;
  return [isEncoded(rooted) ? plainPath(rooted.replaceAll("%24", "$")) : rooted.replaceAll("%", "%25"), ...query].join(
    "?",
  );
}

/** What needs no change, as nearly every target: no dot and no parenthesis in its path. */
const isNormal = /^\/[\w/$=&:@,;+*!~-]*(?:\?[^#]*)?$/;

function isEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path with each key in a segment of its own (OData 4.01 URL Conventions, 4.3.1 and 4.3.6) and the action without its
 * namespace. Only where such a name may stand, so that no id is taken for one: below `/beta/deviceManagement` names and
 * ids take turns. A key stays encoded: it is one segment, and never a `$count`.
 */
function plainPath(path: string): string {
  const plain: string[] = [];
  for (const segment of path.split("/")) {
    // Names are at odd places: "", "beta", "deviceManagement", "…Profiles", id, "assignments", id.
    const isName = plain.length % 2 === 1;
    const [, name, key] = (isName && keyed.exec(decodeURIComponent(segment))) || [];
    if (name !== undefined && key !== undefined) plain.push(name, encodeURIComponent(key.replaceAll("''", "'")));
    else plain.push(isName && segment === "microsoft.graph.setPriority" ? "setPriority" : segment);
  }
  return plain.join("/");
}

/** A name with a key that is not empty; a quote in the key is doubled. */
const keyed = /^(appleUserInitiatedEnrollmentProfiles|assignments)\('((?:[^']|'')+)'\)$/;
