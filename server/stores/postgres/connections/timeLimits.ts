/** Time limits of this store, in milliseconds. */

/**
 * The limit for a statement, for opening a connection and for waiting for a free connection. The client also enforces the
 * limit of a statement, because a server that hangs does not.
 */
export const patience = 5000;

/** The limits for waiting for a row that another transaction has locked. */
export const lockWaits = {
  /** Most transactions take some milliseconds. The limit is below `patience`, because the server's error is more precise than a time-out of the client. */
  usual: 3000,
  /**
   * After a group has reached the usual limit, its commands run one by one. This limit is so short that 64 commands on
   * locked rows take no longer than the group has.
   */
  short: 50,
} as const;
