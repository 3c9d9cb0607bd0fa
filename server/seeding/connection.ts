/** Connects the commands `seed` and `export` to a service. */
import { type Client, createClient, GraphError } from "../../client/index.ts";
import { storedIdentity } from "../auth/development.ts";
import { isLocalhost } from "../shared/hosts.ts";
import { StartRefused } from "../shared/startRefused.ts";

export interface ServiceFlags {
  readonly url: string;
  readonly token?: string;
  readonly tenant: string;
  readonly dataDir: string;
}

/** The lifetime of the token in seconds, which is longer than any run takes. */
const tokenLifetime = 86_400;

/** @throws StartRefused if the URL is invalid, or if the service runs on another machine and there is no token. */
export async function connect({ url, token, tenant, dataDir }: ServiceFlags): Promise<Client> {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new StartRefused(
      `--url is '${url}'; it must be the URL of a service root, such as http://127.0.0.1:3000/beta.`,
    );
  }
  if (token === undefined && !isLocalhost(parsed.hostname)) {
    throw new StartRefused(
      `TOKEN is not set; ${parsed.host} needs a token. Only a service on this machine can be called without one.`,
    );
  }
  return createClient({
    baseUrl: url.replace(/\/$/, ""),
    token: token ?? (await (await storedIdentity(dataDir)).issueToken({ tenant, lifetime: tokenLifetime })),
    // Without this preference, members after the sentinel would be read, and then written, as `unknownFutureValue`.
    headers: { Prefer: "include-unknown-enum-members" },
  });
}

/** Formats an error as a sentence for the user. The sentence says whether the error is an answer from the service. */
export function describeServiceError(error: unknown): string {
  if (!(error instanceof GraphError)) return error instanceof Error ? error.message : String(error);
  if (error.status !== 0) return `The service answered ${error.status}: ${error.message}`;
  return `${error.message.replace(/\.$/, "")}${deepestCause(error)}.`;
}

/** Returns the deepest cause of an error, because the message of a failed fetch does not contain the reason. */
function deepestCause(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return "";
  return deepestCause(cause) || ` (${"code" in cause ? String(cause.code) : cause.message})`;
}
