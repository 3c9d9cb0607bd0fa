/** SQL for both databases that computes a short rank of five characters from a profile's priority. */

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const digit = (position: number) =>
  `substr('${digits}', priority / ${digits.length ** position} % ${digits.length} + 1, 1)`;

/**
 * The rank is a four-digit integer in the format of fractional-indexing, enough for 14 million profiles in a tenant.
 */
export const rankOfPriority = `'d' || ${[3, 2, 1, 0].map(digit).join(" || ")}`;
