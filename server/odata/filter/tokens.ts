/** The words of a `$filter`. One pass, no backtracking: the time grows with the length and with nothing else. */
import { short } from "../../domain/errors.ts";

/** What can't be understood, and where. */
export interface FilterFault {
  /** Of the character to blame, the first is 1. */
  readonly position: number;
  /** A whole sentence for the caller. */
  readonly message: string;
}

/** `start` and `end` are offsets into the text, in code units. */
export interface Token {
  readonly kind: "word" | "string" | "(" | ")" | "," | "end";
  /** As it stands there. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Ends the parsing; `parseFilter` gives it out as a value. */
export class Misunderstood extends Error {
  override readonly name = "Misunderstood";
  readonly start: number;
  readonly found: Token | undefined;

  /** @param message the sentence up to its position. @param found stands there instead. */
  constructor(start: number, message: string, found?: Token) {
    super(message);
    this.start = start;
    this.found = found;
  }
}

export function expected(what: string, found: Token): Misunderstood {
  return new Misunderstood(found.start, `expected ${what}`, found);
}

const space = /[ \t\r\n]*/y;
/** Whatever is not space, quote, parenthesis or comma: names, numbers, dates, and what nobody understands. */
const word = /[^ \t\r\n'(),]+/y;

/**
 * The first token from an offset on; at the end it is the end, however often.
 * @throws Misunderstood for a string without end, or one that no store could keep.
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

/** Two quotes are one of the string's own. */
function stringAt(text: string, start: number): Token {
  for (let quote = text.indexOf("'", start + 1); quote !== -1; quote = text.indexOf("'", quote + 2)) {
    if (text[quote + 1] === "'") continue;
    const token = { kind: "string", text: text.slice(start, quote + 1), start, end: quote + 1 } as const;
    refuseUnstorable(token);
    return token;
  }
  throw new Misunderstood(start, "the text has no closing quote; a quote in it is written twice ('')");
}

function refuseUnstorable({ text, start }: Token): void {
  const nul = text.indexOf("\0");
  if (nul !== -1) throw new Misunderstood(start + nul, "the text contains a NUL character, which no value has,");
  if (!text.isWellFormed()) throw new Misunderstood(start, "the text contains an unpaired surrogate, no character,");
}

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

/** What a string says. */
export function contentOf({ text }: Token): string {
  return text.slice(1, -1).replaceAll("''", "'");
}

/** As a message shows it. */
export function shown({ kind, text }: Token): string {
  return kind === "end" ? "the end" : shownText(text);
}

/** Shortened; what a reader would not see, or what would break the line, is escaped. */
export function shownText(text: string): string {
  const printable = short(text)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
  return printable.startsWith("'") ? printable : `'${printable}'`;
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

/** Characters are code points: an emoji in front counts as one. */
export function faultOf(text: string, { start, message, found }: Misunderstood): FilterFault {
  const position = [...text.slice(0, start)].length + 1;
  const instead = found ? `, found ${shown(found)}` : "";
  return { position, message: `$filter: ${message} at position ${position}${instead}.` };
}
