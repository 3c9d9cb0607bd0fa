/**
 * JSON values of a schema as a fast-check arbitrary. json-schema-faker makes them, from a seed that fast-check gives; it knows
 * 2020-12, `$ref` and `oneOf`. What it makes can't be shrunk by it, and the generators for fast-check that could
 * (json-schema-fast-check 0.0.6) read draft 7 and need a fast-check of 2019. So shrinking is here: whatever is a part less and still valid.
 */
import fc from "fast-check";
import { generateSync, type JsonSchema } from "json-schema-faker";
import contract from "../../generated/openapi.json" with { type: "json" };
import { validatorOf } from "../judging/judge.ts";
import { applied, type Change, changesOf } from "./changes.ts";

/** A value of the schema, and how one place of it is changed before it is sent. */
export interface Near {
  readonly base: unknown;
  readonly change: Change | undefined;
}

/** Valid values, three in four of them with one change: at a boundary, hostile, or against one rule of the schema. */
export function near(schema: object): fc.Arbitrary<Near> {
  return new NearSchema(schema);
}

/** What is sent. */
export function sentOf({ base, change }: Near): unknown {
  return change === undefined ? base : applied(base, change);
}

class NearSchema extends fc.Arbitrary<Near> {
  readonly #schema: object;
  constructor(schema: object) {
    super();
    this.#schema = schema;
  }
  generate(random: fc.Random): fc.Value<Near> {
    const base = this.#valid(random);
    const changes = random.nextInt(0, 3) === 0 ? [] : changesOf(this.#schema, base);
    const change = changes[random.nextInt(0, Math.max(changes.length - 1, 0))];
    return new fc.Value({ base, change }, undefined);
  }
  canShrinkWithoutContext(value: unknown): value is Near {
    return typeof value === "object" && value !== null && "base" in value;
  }
  /** The change stays where it is: a shorter request breaks the same rule. */
  shrink({ base, change }: Near): fc.Stream<fc.Value<Near>> {
    const isValid = validatorOf(this.#schema);
    const without: Near[] = change === undefined ? [] : [{ base, change: undefined }];
    const less = fc
      .stream(simpler(base))
      .filter((value) => isValid(value) && (change === undefined || applied(value, change) !== undefined))
      .map((value): Near => ({ base: value, change }));
    return fc
      .stream(without[Symbol.iterator]())
      .join(less)
      .map((value) => new fc.Value(value, undefined));
  }
  #valid(random: fc.Random): unknown {
    const isValid = validatorOf(this.#schema);
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const schema = { ...this.#schema, components: contract.components } as JsonSchema;
      const options = { seed: random.nextInt(1, 0x7fffffff), optionalsProbability: random.nextInt(1, 9) / 10 };
      const value = generateSync(schema, options);
      if (isValid(value)) return value;
    }
    throw new Error(`json-schema-faker has no value of ${JSON.stringify(this.#schema)}.`);
  }
}

/** What is one part less: a member, an item, half a text, half a number; the greatest steps first. Each way down ends. */
function* simpler(value: unknown): Generator<unknown> {
  if (typeof value === "string" && value.length > 1) {
    yield value.slice(0, 1);
    yield value.slice(0, Math.ceil(value.length / 2));
  }
  if (typeof value === "number" && value !== 0) {
    yield 0;
    if (Math.abs(value) > 1) yield Math.trunc(value / 2);
  }
  if (Array.isArray(value)) {
    for (const index of value.keys()) yield value.toSpliced(index, 1);
    for (const [index, item] of value.entries()) for (const less of simpler(item)) yield value.with(index, less);
  } else if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    for (const index of entries.keys()) yield Object.fromEntries(entries.toSpliced(index, 1));
    for (const [index, [name, member]] of entries.entries()) {
      for (const less of simpler(member)) yield Object.fromEntries(entries.with(index, [name, less]));
    }
  }
}
