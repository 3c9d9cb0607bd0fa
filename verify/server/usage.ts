/** Validates the base URL, and defines the error for a wrong command line. */

/** The command line is wrong, or the server cannot be checked. The message gives the reason. The exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Returns the service root without a trailing slash. @throws UsageError */
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

/** Whether the host belongs to Microsoft's worldwide or a national cloud, where the run would change a real tenant. */
export function isMicrosoftHost(baseUrl: string): boolean {
  return /(^|\.)(microsoft\.(com|us|de)|chinacloudapi\.cn)\.?$/i.test(new URL(baseUrl).hostname);
}
