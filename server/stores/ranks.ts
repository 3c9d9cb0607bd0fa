/** A short rank for a profile that has none or a long one, as SQL that both databases understand: its priority in five letters. */

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const digit = (place: number) => `substr('${digits}', priority / ${digits.length ** place} % ${digits.length} + 1, 1)`;

/** An integer of four digits in the form that fractional-indexing gives them; good for 14 million profiles of a tenant. */
export const rankOfPriority = `'d' || ${[3, 2, 1, 0].map(digit).join(" || ")}`;
