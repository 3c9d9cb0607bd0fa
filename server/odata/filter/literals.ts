/** Numbers and dates in a `$filter` (OData ABNF: int32Value, dateTimeOffsetValueInUrl). */
import { Misunderstood, shown, type Token } from "./tokens.ts";

const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(\d+\.\d+(e[+-]?\d+)?|\d+e[+-]?\d+|INF)$|^NaN$/i;

/** The number, if the word is one. @throws Misunderstood if it is not an integer of 32 bits. */
export function integerOf(token: Token): number | undefined {
  const { text, start } = token;
  if (decimal.test(text)) throw new Misunderstood(start, `numbers are whole here, and ${shown(token)} is not`);
  if (!integer.test(text)) return undefined;
  const value = Number(text);
  if (value >= -(2 ** 31) && value < 2 ** 31) return value === 0 ? 0 : value;
  const range = `${-(2 ** 31)} to ${2 ** 31 - 1}`;
  throw new Misunderstood(start, `numbers have 32 bits here (${range}), and ${shown(token)} is out of range`);
}

const dateTime =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d+))?)?(?:(Z)|([+-])([01]\d|2[0-3]):([0-5]\d))$/i;
const dateTimeLike = /^[+-]?\d{4,}-\d\d?-/;

/** The date and time as domain/query.ts keeps it, if the word is one. @throws Misunderstood if it only looks like one. */
export function dateTimeOf(token: Token): string | undefined {
  const { text, start } = token;
  if (!dateTimeLike.test(text)) return undefined;
  const value = read(text);
  if (value !== undefined) return value;
  throw new Misunderstood(start, `${shown(token)} is not a date and time${adviceOn(text)}`);
}

function read(text: string): string | undefined {
  const [, day = "", hour, minute, second = "00", digits = "", , sign, hours, minutes] = dateTime.exec(text) ?? [];
  if (!existsDay(day)) return undefined;
  const fraction = digits.padEnd(3, "0");
  const local = Date.parse(`${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3)}Z`);
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === "-" ? -60_000 : 60_000);
  const utc = new Date(local - offset).toISOString();
  // Beyond the years 0001 to 9999 it is written otherwise, and would not sort.
  if (!/^\d{4}-/.test(utc) || utc.startsWith("0000")) return undefined;
  return `${utc}${fraction.slice(3, lengthWithoutZeros(fraction))}`;
}

/** Counted: the expression that finds zeros at the end takes quadratic time for zeros elsewhere. */
function lengthWithoutZeros(digits: string): number {
  let length = digits.length;
  while (digits[length - 1] === "0") length--;
  return length;
}

/** Date.parse takes the 31st of any month. */
function existsDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function adviceOn(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return `: add a time, such as ${text}T00:00:00Z,`;
  if (/^\d{4}-\d\d-\d\dT[\d:.]+$/i.test(text)) {
    return ": add Z or an offset, such as +02:00 (in a URL %2B02:00, because + is a space there),";
  }
  return " of the years 0001 to 9999 such as 2026-01-31T09:30:00Z";
}
