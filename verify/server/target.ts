/** The server that is checked, with its URL, its tokens and the function that sends requests. */
import type { OperationId } from "../../client/index.ts";
import type { Caller } from "../scenarios/language/scenario.ts";

/** Injects a fault: the next request of the operation fails with the status. @returns the reason if this is not possible. */
export type Provoke = (operation: OperationId, status: number) => Promise<string | undefined>;

export interface Target {
  /** The service root, such as `http://127.0.0.1:3000/beta`, without a slash at its end. */
  readonly baseUrl: string;
  /** The roots that the server may use in links: the base URL and, behind a proxy, the public URL. */
  readonly roots: readonly string[];
  /** The access tokens by caller. Without its token a caller sends no requests, except for `anonymous`. */
  readonly tokens: Readonly<Partial<Record<Caller, string>>>;
  /** Injects faults. Undefined if the server has no controls. */
  readonly provoke: Provoke | undefined;
  /** The time limit for one answer, in milliseconds. */
  readonly timeout: number;
  /** Whether only this run uses the tenant, so that the run may reorder all profiles. Default: false. */
  readonly isOwnTenant?: boolean;
  readonly fetch: (request: Request) => Promise<Response>;
}

/** Whether a caller can send requests to this server. */
export function hasCaller({ tokens }: Target, caller: Caller): boolean {
  return caller === "anonymous" || tokens[caller] !== undefined;
}
