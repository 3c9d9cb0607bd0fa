/** The parser's position in a `$filter`. The cursor also limits the nesting and the size of the filter. */
import { filters } from "../../shared/limits.ts";
import { expected, FilterSyntaxError, type Token, tokenFrom } from "./tokens.ts";

export class Cursor {
  readonly #text: string;
  #token: Token;
  #depth = 0;
  #terms = 0;
  #values = 0;

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
    if (this.#depth > filters.depth) {
      throw new FilterSyntaxError(start, `the filter is nested more than ${filters.depth} levels deep`);
    }
    const result = parse();
    this.#depth--;
    return result;
  }

  /** Counts a comparison, a function or a `not`. @throws FilterSyntaxError if the filter has too many of them. */
  countTerm({ start }: Token): void {
    this.#terms++;
    if (this.#terms <= filters.terms) return;
    const problem = `the filter has more than ${filters.terms} comparisons, functions and 'not' operators`;
    throw new FilterSyntaxError(start, problem);
  }

  /** Counts a value in a list. @throws FilterSyntaxError if the filter has too many of them. */
  countValue({ start }: Token): void {
    this.#values++;
    if (this.#values <= filters.listValues) return;
    throw new FilterSyntaxError(start, `the filter has more than ${filters.listValues} values in lists`);
  }
}
