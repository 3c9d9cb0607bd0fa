/**
 * A fast-check arbitrary that generates bodies from a schema. json-schema-faker generates the values from a seed of
 * fast-check. It supports JSON Schema 2020-12, `$ref` and `oneOf`, but cannot shrink values. json-schema-fast-check 0.0.6
 * can, but it only reads draft 7 and needs a fast-check version of 2019. Shrinking is therefore implemented here: it tries
 * smaller values that are valid.
 */
import fc from "fast-check";
import { generateSync, type JsonSchema } from "json-schema-faker";
import contract from "../../generated/openapi.json" with { type: "json" };
import { getValidator } from "../judging/validators.ts";
import { applyMutation, listMutations, type Mutation } from "./mutations.ts";

/** A valid value of the schema, and a mutation that is applied to the value before it is sent. */
export interface FuzzedBody {
  readonly base: unknown;
  readonly mutation: Mutation | undefined;
}

/** Generates bodies from a schema. Three of four have a mutation: a boundary value, a hostile value or an invalid value. */
export function fuzzedBodies(schema: object): fc.Arbitrary<FuzzedBody> {
  return new BodyArbitrary(schema);
}

/** Applies the mutation and returns the body to send. */
export function toValue({ base, mutation }: FuzzedBody): unknown {
  return mutation === undefined ? base : applyMutation(base, mutation);
}

class BodyArbitrary extends fc.Arbitrary<FuzzedBody> {
  readonly #schema: object;
  constructor(schema: object) {
    super();
    this.#schema = schema;
  }
  generate(random: fc.Random): fc.Value<FuzzedBody> {
    const base = this.#generateValid(random);
    const mutations = random.nextInt(0, 3) === 0 ? [] : listMutations(this.#schema, base);
    const mutation = mutations[random.nextInt(0, Math.max(mutations.length - 1, 0))];
    return new fc.Value({ base, mutation }, undefined);
  }
  canShrinkWithoutContext(value: unknown): value is FuzzedBody {
    return typeof value === "object" && value !== null && "base" in value;
  }
  /** Shrinks only the base and keeps the mutation, so that the smaller body breaks the same rule. */
  shrink({ base, mutation }: FuzzedBody): fc.Stream<fc.Value<FuzzedBody>> {
    const isValid = getValidator(this.#schema);
    const without: FuzzedBody[] = mutation === undefined ? [] : [{ base, mutation: undefined }];
    const smaller = fc
      .stream(smallerValues(base))
      .filter((value) => isValid(value) && (mutation === undefined || applyMutation(value, mutation) !== undefined))
      .map((value): FuzzedBody => ({ base: value, mutation }));
    return fc
      .stream(without[Symbol.iterator]())
      .join(smaller)
      .map((value) => new fc.Value(value, undefined));
  }
  #generateValid(random: fc.Random): unknown {
    const isValid = getValidator(this.#schema);
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const schemas = random.nextInt(0, 1) === 0 ? withFirst : withSecond;
      const schema = { ...this.#schema, components: { schemas } } as JsonSchema;
      const options = { seed: random.nextInt(1, 0x7fffffff), optionalsProbability: random.nextInt(1, 9) / 10 };
      const value = generateSync(schema, options);
      if (isValid(value)) return value;
    }
    throw new Error(`json-schema-faker generated no valid value of ${JSON.stringify(this.#schema)}.`);
  }
}

/**
 * Returns the contract's schemas for json-schema-faker, which ignores the condition of a schema in a `oneOf`: instead of the
 * condition "without `a`, `b` is required", one of both is required.
 */
function withoutConditions(choose: (first: unknown, second: unknown) => unknown): object {
  return JSON.parse(JSON.stringify(contract.components.schemas), (_, value: unknown) => {
    const { if: condition, then: consequence, ...schema } = Object(value);
    if (condition?.not === undefined) return value;
    const required = choose(condition.not.required, consequence.required);
    return { ...schema, required: [...(schema.required ?? []), ...[required].flat()] };
  });
}

const withFirst = withoutConditions((first) => first);
const withSecond = withoutConditions((_, second) => second);

/** Yields smaller values: one member or item removed, a string or number halved. Large reductions come first. */
function* smallerValues(value: unknown): Generator<unknown> {
  if (typeof value === "string" && value.length > 1) {
    yield value.slice(0, 1);
    yield value.slice(0, Math.ceil(value.length / 2));
  }
  if (typeof value === "number" && value !== 0) {
    yield 0;
    if (Math.abs(value) > 1) yield Math.trunc(value / 2);
  }
  if (Array.isArray(value)) yield* smallerArrays(value);
  else if (typeof value === "object" && value !== null) yield* smallerObjects(value);
}

function* smallerArrays(items: readonly unknown[]): Generator<unknown> {
  for (const index of items.keys()) yield items.toSpliced(index, 1);
  for (const [index, item] of items.entries()) {
    for (const smaller of smallerValues(item)) yield items.with(index, smaller);
  }
}

function* smallerObjects(value: object): Generator<unknown> {
  const entries = Object.entries(value);
  for (const index of entries.keys()) yield Object.fromEntries(entries.toSpliced(index, 1));
  for (const [index, [name, member]] of entries.entries()) {
    for (const smaller of smallerValues(member)) yield Object.fromEntries(entries.with(index, [name, smaller]));
  }
}
