/** Where in a `$filter` its reader stands, and how much it has seen: nesting and size are bounded here. */
import { expected, Misunderstood, type Token, tokenFrom } from "./tokens.ts";

/** Levels of parentheses, `not` and functions. */
const maximumDepth = 100;
/** Comparisons, functions, `not`s and values in lists, in all. */
const maximumSize = 500;

export class Cursor {
  readonly #text: string;
  #token: Token;
  #depth = 0;
  #size = 0;

  constructor(text: string) {
    this.#text = text;
    this.#token = tokenFrom(text, 0);
  }

  /** The next token, not taken yet. */
  get token(): Token {
    return this.#token;
  }

  /** Its text in lower case, if it is a word: keywords and functions are understood in any case (OData 4.01). */
  get word(): string {
    return this.#token.kind === "word" ? this.#token.text.toLowerCase() : "";
  }

  take(): Token {
    const taken = this.#token;
    this.#token = tokenFrom(this.#text, taken.end);
    return taken;
  }

  /** @throws Misunderstood if the next is of another kind. @param what it should be, as the message says it. */
  expect(kind: Token["kind"], what: string): void {
    if (this.#token.kind !== kind) throw expected(what, this.#token);
    if (kind !== "end") this.take();
  }

  /** Reads one level further in. @throws Misunderstood if that is too deep. */
  within<Result>({ start }: Token, read: () => Result): Result {
    this.#depth++;
    if (this.#depth > maximumDepth) {
      throw new Misunderstood(start, `the filter is nested deeper than ${maximumDepth} levels`);
    }
    const result = read();
    this.#depth--;
    return result;
  }

  /** @throws Misunderstood if there were too many. */
  count({ start }: Token): void {
    this.#size++;
    if (this.#size <= maximumSize) return;
    const what = `the filter has more than ${maximumSize} comparisons, functions, nots and values in lists; the next is`;
    throw new Misunderstood(start, what);
  }
}
