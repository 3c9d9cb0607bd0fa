/** The tokens of a `$filter`. They are read in one pass without backtracking, so the time depends only on the length. */
import { short } from "../../domain/errors.ts";

/** The first error of a `$filter`. */
export interface FilterError {
  /** The position of the character that causes the error; the first is 1. */
  readonly position: number;
  /** A sentence for the caller, with the position. */
  readonly message: string;
}

/** `start` and `end` are offsets into the text, in code units. */
export interface Token {
  readonly kind: "word" | "string" | "(" | ")" | "," | "end";
  /** As the filter spells it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Ends the parsing. `parseFilter` returns it as a value. */
export class FilterSyntaxError extends Error {
  override readonly name = "FilterSyntaxError";
  readonly start: number;
  readonly found: Token | undefined;

  /** @param message the problem, without a full stop. @param found the token that the message calls found. */
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
/** Everything except spaces, quotes, parentheses and commas: names, numbers, dates, and words that are errors. */
const word = /[^ \t\r\n'(),]+/y;

/**
 * The first token at or after an offset. At the end of the text it is the token `end`.
 * @throws FilterSyntaxError for a string without a closing quote, or one that no store can keep.
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

/** Two quotes in a string stand for one. */
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

/** The text that a string stands for. */
export function contentOf({ text }: Token): string {
  return text.slice(1, -1).replaceAll("''", "'");
}

/** The token in a message. */
export function quoteToken({ kind, text }: Token): string {
  return kind === "end" ? "the end" : quoteText(text);
}

/** The text in a message: shortened, in quotes, and with invisible characters and line breaks escaped. */
export function quoteText(text: string): string {
  const printable = short(text)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
  return printable.startsWith("'") ? printable : `'${printable}'`;
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

/** Positions count code points: an emoji counts as one character. */
export function locateError(text: string, { start, message, found }: FilterSyntaxError): FilterError {
  const position = [...text.slice(0, start)].length + 1;
  const instead = found ? `, found ${quoteToken(found)}` : "";
  return { position, message: `$filter at position ${position}: ${message}${instead}.` };
}
