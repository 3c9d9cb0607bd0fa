/** Who calls: what a verified token says. */
export interface Principal {
  /** The token's `tid`, in lower case; everything the caller reads or writes belongs to it. */
  readonly tenant: string;
  /** The calling application's id: the token's `azp` (version 2 of Entra's tokens), else `appid` (version 1), else "". */
  readonly application: string;
  /** Delegated permissions (`scp`) and application permissions (`roles`) together. */
  readonly scopes: ReadonlySet<string>;
}

/** Turns a bearer token into a principal, at once if it is known. @throws TokenRefused */
export type VerifyToken = (token: string) => Principal | Promise<Principal>;

/** The token is not good. The message is a sentence for the caller and tells nothing of the key. */
export class TokenRefused extends Error {
  override readonly name = "TokenRefused";
}
