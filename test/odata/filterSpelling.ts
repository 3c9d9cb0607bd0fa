/** Writes a condition as a `$filter`, in a random spelling of the many that have the same meaning. */
import type { Condition, Operand, Properties, Property, Value } from "../../server/domain/query.ts";
import { parseFilter } from "../../server/odata/filter/parser.ts";

/** Returns a random number from 0 (inclusive) to 1 (exclusive). */
export type Chance = () => number;

/** Creates a random number generator (mulberry32). The same seed gives the same numbers. */
export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class Speller<Path extends string> {
  readonly #properties: Readonly<Record<Path, Property<Path>>>;
  readonly #chance: Chance;

  constructor(properties: Readonly<Record<Path, Property<Path>>>, chance: Chance) {
    this.#properties = properties;
    this.#chance = chance;
  }

  spell(condition: Condition<Path>): string {
    const text = this.#bare(condition);
    return this.#chance() < 0.2 ? this.#parentheses(text) : text;
  }

  #bare(condition: Condition<Path>): string {
    switch (condition.kind) {
      case "and":
      case "or":
        return condition.conditions.map((part) => this.#part(part)).join(this.#word(condition.kind));
      case "not":
        return `${this.#cased("not")}${this.#space()}${this.#part(condition.condition)}`;
      case "is": {
        const text = this.#part(condition.condition);
        const value = this.#cased(String(condition.value));
        return this.#chance() < 0.5 ? `${text}${this.#word("eq")}${value}` : `${value}${this.#word("eq")}${text}`;
      }
      case "compare": {
        const { left, operator, right } = condition;
        return `${this.#operand(left, right)}${this.#word(operator)}${this.#operand(right, left)}`;
      }
      case "in": {
        const { operand, values } = condition;
        const list = values.map((value) => this.#literal(value, operand)).join(`${this.#gap()},${this.#gap()}`);
        return `${this.#operand(operand)}${this.#word("in")}${this.#parentheses(list)}`;
      }
      default:
        return this.#call(condition.kind, [condition.text, condition.part]);
    }
  }

  /** Spells an operand of and, or or not. Only functions need no parentheses. */
  #part(condition: Condition<Path>): string {
    const text = this.spell(condition);
    const isFunction =
      condition.kind === "contains" || condition.kind === "startswith" || condition.kind === "endswith";
    return isFunction ? text : this.#parentheses(text);
  }

  /** @param beside the other operand of the comparison. */
  #operand(operand: Operand<Path>, beside?: Operand<Path>): string {
    const text = this.#bareOperand(operand, beside);
    return this.#chance() < 0.1 ? this.#parentheses(text) : text;
  }

  #bareOperand(operand: Operand<Path>, beside?: Operand<Path>): string {
    switch (operand.kind) {
      case "property":
        return this.#cased(operand.path);
      case "literal":
        return this.#literal(operand.value, beside);
      default:
        return this.#call(operand.kind, [operand.text]);
    }
  }

  #literal(value: Value, beside?: Operand<Path>): string {
    if (value === null) return this.#cased("null");
    if (typeof value === "number") return String(value);
    const property = beside?.kind === "property" ? this.#properties[beside.path] : undefined;
    const string = `'${value.replaceAll("'", "''")}'`;
    if (property?.type === "dateTime" || (property === undefined && isDate(value))) return this.#date(value);
    if (property?.type === "enumeration" && this.#chance() < 0.3) {
      return `${this.#cased(`microsoft.graph.${property.enumeration}`)}${string}`;
    }
    return string;
  }

  /** Spells a date with additional or fewer zeros, or in another time zone. */
  #date(value: string): string {
    const [whole = "", rest = ""] = value.split("Z");
    const zeros = "0".repeat(Math.floor(this.#chance() * 3));
    const hours = Math.floor(this.#chance() * 24);
    const local = new Date(Date.parse(`${whole}Z`) + hours * 3_600_000).toISOString();
    if (this.#chance() < 0.5 || !/^\d{4}-/.test(local)) return `${whole}${rest}${zeros}Z`;
    return `${local.replace("Z", "")}${rest}${zeros}+${String(hours).padStart(2, "0")}:00`;
  }

  #call(name: string, operands: readonly Operand<Path>[]): string {
    const list = operands.map((operand) => this.#operand(operand)).join(`${this.#gap()},${this.#gap()}`);
    return `${this.#cased(name)}${this.#gap()}${this.#parentheses(list)}`;
  }

  #parentheses(text: string): string {
    return `(${this.#gap()}${text}${this.#gap()})`;
  }

  #word(word: string): string {
    return `${this.#space()}${this.#cased(word)}${this.#space()}`;
  }

  #cased(word: string): string {
    if (this.#chance() < 0.7) return word;
    return Array.from(word, (letter) => (this.#chance() < 0.5 ? letter.toUpperCase() : letter.toLowerCase())).join("");
  }

  #gap(): string {
    return this.#chance() < 0.8 ? "" : this.#space();
  }

  #space(): string {
    const spaces = [" ", " ", " ", "  ", "\t", "\r\n"];
    return spaces[Math.floor(this.#chance() * spaces.length)] ?? " ";
  }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\d*$/.test(text);
}

/** Whether a text does not exceed the limits of a filter. A random spelling of a large condition can exceed them. */
export function isWithinLimits<Path extends string>(text: string, properties: Properties<Path>): boolean {
  const parsed = parseFilter(text, properties);
  return parsed.ok || !parsed.error.message.includes("the filter has more than");
}
