/** The parser's position in a `$filter`. The cursor also limits the nesting and the size of the filter. */
import { expected, FilterSyntaxError, type Token, tokenFrom } from "./tokens.ts";

/** The largest number of nested parentheses, `not`s and functions. */
const maximumDepth = 100;
/** The largest number of comparisons, functions, `not`s and values in lists, in total. */
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

  /** The next token. `take` moves past it. */
  get token(): Token {
    return this.#token;
  }

  /**
   * The text of the next token in lower case, because keywords and functions are case-insensitive (OData 4.01). Empty
   * if the token is not a word.
   */
  get word(): string {
    return this.#token.kind === "word" ? this.#token.text.toLowerCase() : "";
  }

  take(): Token {
    const taken = this.#token;
    this.#token = tokenFrom(this.#text, taken.end);
    return taken;
  }

  /**
   * @param what the expected token, for the message. @throws FilterSyntaxError if the next token has a different kind.
   */
  expect(kind: Token["kind"], what: string): void {
    if (this.#token.kind !== kind) throw expected(what, this.#token);
    if (kind !== "end") this.take();
  }

  /** Calls `parse` one nesting level deeper. @throws FilterSyntaxError if the nesting is too deep. */
  within<Result>({ start }: Token, parse: () => Result): Result {
    this.#depth++;
    if (this.#depth > maximumDepth) {
      throw new FilterSyntaxError(start, `the filter is nested more than ${maximumDepth} levels deep`);
    }
    const result = parse();
    this.#depth--;
    return result;
  }

  /** Adds one to the size of the filter. @throws FilterSyntaxError if the filter is too large. */
  count({ start }: Token): void {
    this.#size++;
    if (this.#size <= maximumSize) return;
    const problem = `the filter has more than ${maximumSize} comparisons, functions, 'not' operators and list values`;
    throw new FilterSyntaxError(start, problem);
  }
}
