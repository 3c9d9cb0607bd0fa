/** The command line of the checker: what a user may ask for. */

/** The command line is wrong, or the server cannot be checked. The message says why in one sentence. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The service root, without a slash at its end. @throws UsageError */
export function parseServiceRoot(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`'${text}' is not the URL of a service root; an example is http://127.0.0.1:3000/beta.`);
  }
  if (url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "") {
    throw new UsageError("The URL of the service root must have no user, password, query or fragment.");
  }
  return url.href.replace(/\/+$/, "");
}

/** Whether the server is Microsoft's, in its worldwide or a national cloud: it changes a real tenant. */
export function isMicrosoftHost(baseUrl: string): boolean {
  return /(^|\.)(microsoft\.(com|us|de)|chinacloudapi\.cn)\.?$/i.test(new URL(baseUrl).hostname);
}
