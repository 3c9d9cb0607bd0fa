/** Whether the server can be checked at all, before anything is made in it. */
import { type Exchange, requestOf, send } from "./exchange.ts";
import type { Target } from "./target.ts";

/** @returns why it can't be checked, in one sentence; undefined if it can. Nothing but a list is asked for. */
export async function obstacle(target: Target): Promise<string | undefined> {
  const { baseUrl } = target;
  const caller = target.tokens.full === undefined ? "nobody" : "full";
  const exchange = await send(target, requestOf(target, "listProfiles", { query: { $top: "1" }, caller }));
  const { answer, failure, url } = exchange;
  const root = `is ${baseUrl} the service root, such as http://127.0.0.1:3000/beta?`;
  if (answer === undefined) return `${baseUrl} can't be checked: ${failure}.`;
  if (answer.status >= 300 && answer.status < 400) {
    return `${url} redirects to ${answer.headers["location"] ?? "nowhere"}: ${root}`;
  }
  if (/^\s*</.test(answer.text)) return `${url} answers ${answer.status} with HTML and not JSON: ${root}`;
  if (caller === "nobody") {
    return `${baseUrl} needs an access token: give one with --token, TOKEN or --token-command.`;
  }
  if (answer.status === 401) {
    return `${baseUrl} refuses the token${said(exchange)}: give another with --token, TOKEN or --token-command.`;
  }
  if (answer.status === 403)
    return `The token may not list profiles${said(exchange)}: it needs the contract's permissions.`;
  if (answer.status === 404) return `${url} isn't there (404): ${root}`;
  return undefined;
}

function said({ answer }: Exchange): string {
  const { message } = Object(Object(answer?.body).error);
  return ` (${answer?.status}${typeof message === "string" ? `, "${message.slice(0, 200)}"` : ""})`;
}
