/** The server that is checked, and how it is spoken to. */
import type { OperationId } from "../../client/index.ts";
import type { Caller } from "../scenarios/language/scenario.ts";

/** Makes the next request of the operation fail with the status. @returns why it can't be, if it can't. */
export type Provoke = (operation: OperationId, status: number) => Promise<string | undefined>;

export interface Target {
  /** The service root, such as `http://127.0.0.1:3000/beta`, without a slash at its end. */
  readonly baseUrl: string;
  /** What the server may call its root in links: the base URL, and others if a proxy stands before it. */
  readonly roots: readonly string[];
  /** Access tokens by caller. Whoever isn't here can't ask; `nobody` asks without one. */
  readonly tokens: Readonly<Partial<Record<Caller, string>>>;
  /** Undefined where nothing can be provoked. */
  readonly provoke: Provoke | undefined;
  /** Milliseconds that an answer may take. */
  readonly timeout: number;
  /** Nobody else uses the tenant, so that the order of its profiles may be changed; false by default. */
  readonly isOwnTenant?: boolean;
  readonly fetch: (request: Request) => Promise<Response>;
}

/** Whether a caller can ask here. */
export function knows({ tokens }: Target, caller: Caller): boolean {
  return caller === "nobody" || tokens[caller] !== undefined;
}
