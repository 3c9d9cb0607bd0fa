/**
 * The one form of a request target (RFC 9112, 3.2) that routing sees. Absolute form loses its origin and a fragment is
 * dropped. `%24` is `$`, as some callers spell it. A path that is not valid percent-encoding names nothing: its percent
 * signs are taken for themselves, so that it is refused where any unknown route or id is, after the token was checked.
 */
export function normalTarget(target: string): string {
  if (isNormal.test(target)) return target;
  const originForm = target.replace(/^https?:\/\/[^/?#]*/i, "").replace(/#.*$/s, "");
  const [path = "", ...query] = originForm.split("?");
  const rooted = path.startsWith("/") ? path : `/${path}`;
  return [isEncoded(rooted) ? rooted.replaceAll("%24", "$") : rooted.replaceAll("%", "%25"), ...query].join("?");
}

/** What needs no change, as nearly every target. */
const isNormal = /^\/[\w./$'()=?&:@,;+*!~-]*$/;

function isEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
