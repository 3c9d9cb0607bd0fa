/**
 * Parses `$select` and `$expand`, which select the properties in an answer (OData 4.01 URL Conventions, 5.1.3, 5.1.4).
 */
import { type Invalid, invalid, short } from "../domain/errors.ts";
import type { Outcome } from "../domain/store.ts";

export interface SelectionOptions {
  readonly $select?: string;
  /** Any value expands all navigation properties: the contract allows only their one name. */
  readonly $expand?: string;
}

/** The property names of an entity type, in the order in which answers contain them. */
export interface Shape {
  readonly properties: readonly string[];
  /** The navigation properties. They can be expanded. */
  readonly navigation: readonly string[];
}

export interface Selection {
  /** The selected properties. Undefined if all properties are selected. */
  readonly properties: ReadonlySet<string> | undefined;
  readonly expand: boolean;
  /**
   * The selection in the context URL, such as `(id,displayName,assignments())`; empty without `$select` and `$expand`.
   */
  readonly context: string;
}

const everything: Outcome<Selection, Invalid> = {
  ok: true,
  value: { properties: undefined, expand: false, context: "" },
};

export function selectionOf(options: SelectionOptions, shape: Shape): Outcome<Selection, Invalid> {
  // Handles nearly all requests without parsing.
  if (options.$select === undefined && options.$expand === undefined) return everything;
  const expand = options.$expand !== undefined;
  const known = expand ? [...shape.properties, ...shape.navigation] : shape.properties;
  const selected = new Set<string>();
  for (const name of options.$select?.split(",").map((item) => item.trim()) ?? []) {
    const property = name === "*" ? name : known.find((one) => one.toLowerCase() === name.toLowerCase());
    if (property === undefined) return { ok: false, error: unknownProperty("$select", name, shape.properties) };
    selected.add(property);
  }
  const isAll = selected.size === 0 || selected.has("*");
  const [navigation, properties] = partition(selected, (name) => shape.navigation.includes(name));
  const contextNames = [
    ...(isAll ? [] : [...properties, ...navigation]),
    ...(expand ? shape.navigation.map((name) => `${name}()`) : []),
  ];
  const context = contextNames.length === 0 ? "" : `(${contextNames.join(",")})`;
  return { ok: true, value: { properties: isAll ? undefined : new Set(properties), expand, context } };
}

/** Splits the items into those that pass the test and those that do not. */
function partition<Item>(items: Iterable<Item>, test: (item: Item) => boolean): [passed: Item[], others: Item[]] {
  const [passed, others]: [Item[], Item[]] = [[], []];
  for (const item of items) (test(item) ? passed : others).push(item);
  return [passed, others];
}

/** @param known the property names that are allowed. */
export function unknownProperty(option: "$select" | "$orderby", name: string, known: readonly string[]): Invalid {
  const problem = name === "" ? "a property name is empty" : `'${short(name)}' is not a property`;
  return invalid(option, `${option}: ${problem}; expected ${known.join(", ")}.`);
}
