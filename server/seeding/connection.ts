/** The service that `seed` and `export` talk to. */
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

/** Seconds: longer than any load. */
const lifetime = 86_400;

/** @throws StartRefused for a URL that is none, and without a token for a service that is not this machine's. */
export async function connect({ url, token, tenant, dataDir }: ServiceFlags): Promise<Client> {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new StartRefused(`--url is '${url}'; it must be the service root, such as http://127.0.0.1:3000/beta.`);
  }
  if (token === undefined && !isLocalhost(parsed.hostname)) {
    throw new StartRefused(
      `There is no token for ${parsed.host}; set TOKEN. Only a service of this machine needs none.`,
    );
  }
  return createClient({
    baseUrl: url.replace(/\/$/, ""),
    token: token ?? (await (await storedIdentity(dataDir)).issueToken({ tenant, lifetime })),
    // Else what lies beyond the sentinel of an enumeration would be read, and written, as unknownFutureValue.
    headers: { Prefer: "include-unknown-enum-members" },
  });
}

/** What went wrong over there, as a sentence that says who spoke. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof GraphError)) return error instanceof Error ? error.message : String(error);
  if (error.status !== 0) return `The service answered ${error.status}: ${error.message}`;
  return `${error.message.replace(/\.$/, "")}${causes(error)}.`;
}

/** fetch says only that it failed, and why in what caused that. */
function causes(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return "";
  return causes(cause) || ` (${"code" in cause ? String(cause.code) : cause.message})`;
}
