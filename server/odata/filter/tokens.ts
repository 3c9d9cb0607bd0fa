/** The tokenizer for `$filter`. It reads the text in one pass without backtracking, so it takes linear time. */
import { short } from "../../domain/errors.ts";

/** The first error of a `$filter`. */
export interface FilterError {
  /** The position of the character that causes the error. The first character has position 1. */
  readonly position: number;
  /** A sentence for the caller, with the position. */
  readonly message: string;
}

/** A token of the filter. `start` and `end` are offsets into its text, in UTF-16 code units. */
export interface Token {
  readonly kind: "word" | "string" | "(" | ")" | "," | "end";
  /** The token exactly as it is written in the filter. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Thrown to stop the parsing. `parseFilter` catches it and returns an error value. */
export class FilterSyntaxError extends Error {
  override readonly name = "FilterSyntaxError";
  readonly start: number;
  readonly found: Token | undefined;

  /** @param message the problem, without a full stop. @param found the token that the message reports as found. */
  constructor(start: number, message: string, found?: Token) {
    super(message);
    this.start = start;
    this.found = found;
  }
}

export function expected(what: string, found: Token): FilterSyntaxError {
  return new FilterSyntaxError(found.start, `expected ${what}`, found);
}

const space = /[ \t\r\n]*/y;
/** Matches any characters except spaces, quotes, parentheses and commas: names, numbers, dates, and invalid words. */
const word = /[^ \t\r\n'(),]+/y;

/**
 * Returns the first token at or after an offset. At the end of the text, returns a token of the kind `end`.
 * @throws FilterSyntaxError if a string has no closing quote or contains characters that stores do not accept.
 */
export function tokenFrom(text: string, offset: number): Token {
  const start = endOf(space, text, offset);
  const first = text[start];
  switch (first) {
    case undefined:
      return { kind: "end", text: "", start, end: start };
    case "'":
      return stringAt(text, start);
    case "(":
    case ")":
    case ",":
      return { kind: first, text: first, start, end: start + 1 };
    default: {
      const end = endOf(word, text, start);
      return { kind: "word", text: text.slice(start, end), start, end };
    }
  }
}

/** Reads a string token. Two quotes inside a string represent one quote. */
function stringAt(text: string, start: number): Token {
  for (let quote = text.indexOf("'", start + 1); quote !== -1; quote = text.indexOf("'", quote + 2)) {
    if (text[quote + 1] === "'") continue;
    const token = { kind: "string", text: text.slice(start, quote + 1), start, end: quote + 1 } as const;
    checkStorable(token);
    return token;
  }
  throw new FilterSyntaxError(start, "the text has no closing quote; write a quote inside the text twice ('')");
}

function checkStorable({ text, start }: Token): void {
  const nul = text.indexOf("\0");
  if (nul !== -1) throw new FilterSyntaxError(start + nul, "the text contains a NUL character, which is not allowed");
  if (!text.isWellFormed())
    throw new FilterSyntaxError(start, "the text contains an unpaired surrogate, which is not a character");
}

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

/** Returns the value of a string token, without the enclosing quotes. */
export function contentOf({ text }: Token): string {
  return text.slice(1, -1).replaceAll("''", "'");
}

/** Formats a token for an error message. */
export function quoteToken({ kind, text }: Token): string {
  return kind === "end" ? "the end" : quoteText(text);
}

/** Formats a text for an error message: shortened, in quotes, with invisible characters and line breaks escaped. */
export function quoteText(text: string): string {
  const printable = short(text)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
  return printable.startsWith("'") ? printable : `'${printable}'`;
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

/** Adds the position to an error. Positions count code points, so that an emoji counts as one character. */
export function locateError(text: string, { start, message, found }: FilterSyntaxError): FilterError {
  const position = [...text.slice(0, start)].length + 1;
  const instead = found ? `, found ${quoteToken(found)}` : "";
  return { position, message: `$filter at position ${position}: ${message}${instead}.` };
}
