/** The caller, as identified by a verified token. */
export interface Principal {
  /** The token's `tid`, in lower case. The caller reads and writes only data of this tenant. */
  readonly tenant: string;
  /** The calling application's id: claim `azp` (version 2 of Entra's tokens) or `appid` (version 1). "" if both are missing. */
  readonly application: string;
  /** The delegated permissions (`scp`) and the application permissions (`roles`). */
  readonly scopes: ReadonlySet<string>;
}

/** Verifies a bearer token. @returns the principal if it is in the cache, or else a promise. @throws TokenRefused */
export type VerifyToken = (token: string) => Principal | Promise<Principal>;

/** The error for a refused token. Its message is sent to the caller, so it contains nothing about the key. */
export class TokenRefused extends Error {
  override readonly name = "TokenRefused";
}
