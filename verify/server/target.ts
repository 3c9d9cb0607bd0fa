/** The server that is checked, and how requests reach it. */
import type { OperationId } from "../../client/index.ts";
import type { Caller } from "../scenarios/language/scenario.ts";

/** Injects a fault: the next request of the operation fails with the status. @returns why this is impossible, if it is. */
export type Provoke = (operation: OperationId, status: number) => Promise<string | undefined>;

export interface Target {
  /** The service root, such as `http://127.0.0.1:3000/beta`, without a slash at its end. */
  readonly baseUrl: string;
  /** The roots that the server may use in links: the base URL, and another one if the server is behind a proxy. */
  readonly roots: readonly string[];
  /** Access tokens by caller. A caller without a token sends no requests, except `anonymous`. */
  readonly tokens: Readonly<Partial<Record<Caller, string>>>;
  /** Undefined if the server cannot be made to fail. */
  readonly provoke: Provoke | undefined;
  /** How long an answer may take, in milliseconds. */
  readonly timeout: number;
  /** Whether only this run uses the tenant, so that it may reorder all profiles; false by default. */
  readonly isOwnTenant?: boolean;
  readonly fetch: (request: Request) => Promise<Response>;
}

/** Whether a caller can send requests to this server. */
export function hasCaller({ tokens }: Target, caller: Caller): boolean {
  return caller === "anonymous" || tokens[caller] !== undefined;
}
