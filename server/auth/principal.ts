/** The caller, as identified by a verified token. */
export interface Principal {
  /** The token's `tid`, in lower case. The caller reads and writes only data of this tenant. */
  readonly tenant: string;
  /** The id of the calling application: the token's `azp` (version 2 of Entra's tokens), or `appid` (version 1), or "". */
  readonly application: string;
  /** The delegated permissions (`scp`) and the application permissions (`roles`). */
  readonly scopes: ReadonlySet<string>;
}

/** Verifies a bearer token. @returns the principal, without a promise if the token is in the cache. @throws TokenRefused */
export type VerifyToken = (token: string) => Principal | Promise<Principal>;

/** The token is refused. The message is a sentence for the caller and reveals nothing about the key. */
export class TokenRefused extends Error {
  override readonly name = "TokenRefused";
}
