/** JSON texts with the type of their value. They allow the service to return stored JSON without parsing it. */

declare const value: unique symbol;

/** The JSON text of a `Value`. */
export class Json<Value> {
  declare readonly [value]: Value;
  readonly #text: string;

  /** @param text the JSON of a `Value`, which is not checked. */
  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export function jsonOf<Value>(it: Value): Json<Value> {
  return new Json(JSON.stringify(it));
}

/** Joins the JSON texts of members into an object, in the same order. Undefined members are left out. */
export function jsonObject<Value extends object>(
  members: {
    readonly [Name in keyof Value]: Json<Exclude<Value[Name], undefined>>;
  },
): Json<Value> {
  let text = "";
  for (const name in members) text += `${text === "" ? "{" : ","}"${name}":${members[name]}`;
  return new Json(text === "" ? "{}" : `${text}}`);
}

export function jsonArray<Item>(items: readonly Json<Item>[]): Json<Item[]> {
  return new Json(`[${items.join(",")}]`);
}

/** Joins two objects into one object with the members of both. Neither object may be empty. */
export function joinObjects<One extends object, Other extends object>(
  one: Json<One>,
  other: Json<Other>,
): Json<One & Other> {
  return new Json(`${one.toString().slice(0, -1)},${other.toString().slice(1)}`);
}

/**
 * Whether two values have the same JSON, apart from the order of members. An undefined member counts as a missing one.
 */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  for (const name in one) if (!isSameJson(one[name], other[name])) return false;
  for (const name in other) if (other[name] !== undefined && one[name] === undefined) return false;
  return true;
}

function isObject(it: unknown): it is Readonly<Record<string, unknown>> {
  return typeof it === "object" && it !== null;
}
