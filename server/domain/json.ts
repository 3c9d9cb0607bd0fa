/** JSON text that remembers in its type what it says: what a store keeps as JSON is answered as it is, unparsed. */

declare const value: unique symbol;

/** The JSON text of a `Value`. */
export class Json<Value> {
  declare readonly [value]: Value;
  readonly #text: string;

  /** @param text is taken at its word. */
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

/** An object from its members' texts, in their order; what is undefined is left out. */
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

/** One object of the members of two; neither is empty. */
export function joined<One extends object, Other extends object>(
  one: Json<One>,
  other: Json<Other>,
): Json<One & Other> {
  return new Json(`${one.toString().slice(0, -1)},${other.toString().slice(1)}`);
}
