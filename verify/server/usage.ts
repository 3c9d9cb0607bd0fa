/** What a person may say of a server. */

/** What is asked for can't be done; the message says why in one sentence. Exit code 2. */
export class WrongUse extends Error {}

/** The service root, without a slash at its end. @throws WrongUse */
export function rootOf(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new WrongUse(`'${text}' is no URL of a service root, such as http://127.0.0.1:3000/beta.`);
  }
  if (url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "") {
    throw new WrongUse("The URL of the service root must have no user, password, query or fragment.");
  }
  return url.href.replace(/\/+$/, "");
}

/** Whether a real tenant is behind it: Microsoft's clouds, worldwide and national. */
export function isOfMicrosoft(baseUrl: string): boolean {
  return /(^|\.)(microsoft\.(com|us|de)|chinacloudapi\.cn)\.?$/i.test(new URL(baseUrl).hostname);
}
