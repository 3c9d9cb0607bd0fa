/**
 * Parsers for the texts of settings. A parser returns the value, or throws a StartRefused whose message names the setting, its
 * text and the expected value.
 */
import { isIP } from "node:net";
import { StartRefused } from "../shared/startRefused.ts";

/** @param name the setting as the user gave it: `--port` or `PORT`. @throws StartRefused if the text is invalid. */
export type Parse<Value> = (text: string, name: string) => Value;

/** Makes a parser that returns undefined for an empty text. */
export function optional<Value>(parse: Parse<Value>): Parse<Value | undefined> {
  return (text, name) => (text === "" ? undefined : parse(text, name));
}

export const anyText: Parse<string> = (text) => text;

/** Makes a parser that refuses an empty text. @param expected the end of the sentence "it must be …". */
export function nonEmptyText(expected: string): Parse<string> {
  return (text, name) => {
    if (text === "") throw new StartRefused(`${name} is empty; it must be ${expected}.`);
    return text;
  };
}

export function wholeNumber(least: number, most: number): Parse<number> {
  return (text, name) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw wrongValue(name, text, `a whole number from ${least} to ${most}`);
  };
}

export const trueOrFalse: Parse<boolean> = (text, name) => {
  if (["1", "true", "on"].includes(text)) return true;
  if (["0", "false", "off"].includes(text)) return false;
  throw wrongValue(name, text, "true or false, on or off, or 1 or 0");
};

export const onOrOff: Parse<boolean> = (text, name) => oneOf(["on", "off"])(text, name) === "on";

export function oneOf<Choice extends string>(choices: readonly Choice[]): Parse<Choice> {
  return (text, name) => {
    const choice = choices.find((one) => one === text);
    if (choice !== undefined) return choice;
    throw wrongValue(name, text, `one of ${choices.join(", ")}`);
  };
}

export interface ListRules {
  /** Separates the items. Default: spaces and commas. */
  readonly separator?: RegExp;
  readonly isItem?: (text: string) => boolean;
  /** The end of the sentence "each item must be …" in the error message. */
  readonly expected?: string;
}

/** Makes a parser for a list. It leaves out empty items, so an empty text is an empty list. */
export function listOf({
  separator = /[\s,]+/,
  isItem = () => true,
  expected = "",
}: ListRules = {}): Parse<readonly string[]> {
  return (text, name) => {
    const items = text
      .trim()
      .split(separator)
      .filter((item) => item !== "");
    const wrong = items.find((item) => !isItem(item));
    if (wrong === undefined) return items;
    throw new StartRefused(`${name} contains '${shorten(wrong)}'; each item must be ${expected}.`);
  };
}

/** Whether a text is valid as a trusted proxy: an address, a subnet, or `loopback`. */
export function isProxy(name: string): boolean {
  const [address = "", bits, ...more] = name.split("/");
  const version = isIP(address);
  if (version === 0) return name === "loopback";
  return more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && isPrefixLength(Number(bits), version)));
}

/** Fastify refuses a prefix of 0 bits, because it would trust every address. @param version the version of IP, 4 or 6. */
function isPrefixLength(bits: number, version: number): boolean {
  return bits >= 1 && bits <= (version === 4 ? 32 : 128);
}

function wrongValue(name: string, text: string, expected: string): StartRefused {
  return new StartRefused(`${name} is '${shorten(text)}'; it must be ${expected}.`);
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
