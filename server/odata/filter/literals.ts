/** Parses numbers and dates in a `$filter` (OData ABNF: `int32Value`, `dateTimeOffsetValueInUrl`). */
import { FilterSyntaxError, quoteToken, type Token } from "./tokens.ts";

const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(\d+\.\d+(e[+-]?\d+)?|\d+e[+-]?\d+|INF)$|^NaN$/i;

/** Returns undefined if the word is not a number. @throws FilterSyntaxError if it is not a 32-bit integer. */
export function integerOf(token: Token): number | undefined {
  const { text, start } = token;
  if (decimal.test(text))
    throw new FilterSyntaxError(start, `numbers must be integers, but ${quoteToken(token)} is not one`);
  if (!integer.test(text)) return undefined;
  const value = Number(text);
  if (value >= -(2 ** 31) && value < 2 ** 31) return value === 0 ? 0 : value;
  const range = `${-(2 ** 31)} to ${2 ** 31 - 1}`;
  throw new FilterSyntaxError(start, `numbers must fit into 32 bits (${range}), but ${quoteToken(token)} does not`);
}

const dateTime =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d+))?)?(?:(Z)|([+-])([01]\d|2[0-3]):([0-5]\d))$/i;
const dateOnly = /^\d{4}-\d\d-\d\d$/;
const dateTimeLike = /^[+-]?\d{4,}-\d\d?-/;

/** Returns undefined if the word is not a date. @throws FilterSyntaxError if it looks like a date, but is not valid. */
export function dateTimeOf(token: Token): string | undefined {
  const { text, start } = token;
  if (!dateTimeLike.test(text)) return undefined;
  // A date without a time means its first moment in UTC.
  const value = parseDateTime(dateOnly.test(text) ? `${text}T00:00Z` : text);
  if (value !== undefined) return value;
  throw new FilterSyntaxError(start, `${quoteToken(token)} is not a date and time; ${dateTimeAdvice(text)}`);
}

function parseDateTime(text: string): string | undefined {
  const [, day = "", hour, minute, second = "00", digits = "", , sign, hours, minutes] = dateTime.exec(text) ?? [];
  if (!existsDay(day)) return undefined;
  const fraction = digits.padEnd(3, "0");
  const local = Date.parse(`${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3)}Z`);
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === "-" ? -60_000 : 60_000);
  const utc = new Date(local - offset).toISOString();
  // Years outside 0001 to 9999 have a different format, which cannot be compared as text.
  if (!/^\d{4}-/.test(utc) || utc.startsWith("0000")) return undefined;
  return `${utc}${fraction.slice(3, lengthWithoutZeros(fraction))}`;
}

/**
 * Returns the number of digits without trailing zeros. Uses a loop, because a regular expression for trailing zeros
 * takes quadratic time if there are many zeros elsewhere.
 */
function lengthWithoutZeros(digits: string): number {
  let length = digits.length;
  while (digits[length - 1] === "0") length--;
  return length;
}

/** Whether a date exists in the calendar. Date.parse does not check this: it accepts the 31st of any month. */
function existsDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function dateTimeAdvice(text: string): string {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+$/i.test(text)) {
    return "add Z or an offset, such as +02:00 (write %2B02:00 in a URL, where + is a space)";
  }
  return "expected a form such as 2026-01-31T09:30:00Z, with a year from 0001 to 9999";
}
