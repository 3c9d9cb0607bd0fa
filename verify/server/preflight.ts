/** Checks that the server is reachable and accepts the token, before the run creates profiles. */
import { buildRequest, type Exchange, send } from "./exchange.ts";
import type { Target } from "./target.ts";

/** Requests one list. @returns one sentence that says why the server cannot be checked; undefined if it can. */
export async function preflight(target: Target): Promise<string | undefined> {
  const { baseUrl } = target;
  const caller = target.tokens.full === undefined ? "anonymous" : "full";
  const exchange = await send(target, buildRequest(target, "listProfiles", { query: { $top: "1" }, caller }));
  const { answer, failure, url } = exchange;
  const hint = `Is ${baseUrl} the service root, such as http://127.0.0.1:3000/beta?`;
  if (answer === undefined) return `${baseUrl} cannot be checked: ${failure}.`;
  if (answer.status >= 300 && answer.status < 400) {
    return `${url} redirects to ${answer.headers["location"] ?? "nowhere"}. ${hint}`;
  }
  if (/^\s*</.test(answer.text)) return `${url} answers ${answer.status} with HTML, not with JSON. ${hint}`;
  if (caller === "anonymous") {
    return `${baseUrl} needs an access token. Pass one with --token, TOKEN or --token-command.`;
  }
  if (answer.status === 401) {
    return `${baseUrl} refuses the token${quoteError(exchange)}. Pass another one with --token, TOKEN or --token-command.`;
  }
  if (answer.status === 403) {
    return `The token may not list profiles${quoteError(exchange)}. It needs the permissions that the contract names.`;
  }
  if (answer.status === 404) return `${url} does not exist (404). ${hint}`;
  return undefined;
}

function quoteError({ answer }: Exchange): string {
  const { message } = Object(Object(answer?.body).error);
  return ` (${answer?.status}${typeof message === "string" ? `, "${message.slice(0, 200)}"` : ""})`;
}
