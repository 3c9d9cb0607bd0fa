/** `$select` and `$expand` (OData 4.01 URL Conventions, 5.1.3 and 5.1.4): the properties that an answer shows. */
import { type Invalid, invalid, short } from "../domain/errors.ts";
import type { Outcome } from "../domain/store.ts";

export interface SelectionOptions {
  readonly $select?: string;
  readonly $expand?: string;
}

/** The property names of an entity type, in the order of answers. */
export interface Shape {
  readonly properties: readonly string[];
  /** The navigation properties, which can be expanded. */
  readonly navigation: readonly string[];
}

export interface Selection {
  /** The selected properties. Undefined: all. */
  readonly properties: ReadonlySet<string> | undefined;
  readonly expand: boolean;
  /** The selection in the context URL, such as `(id,displayName,assignments())`; empty without `$select` and `$expand`. */
  readonly context: string;
}

const everything: Outcome<Selection, Invalid> = {
  ok: true,
  value: { properties: undefined, expand: false, context: "" },
};

export function selectionOf(options: SelectionOptions, shape: Shape): Outcome<Selection, Invalid> {
  // The case of nearly every request.
  if (options.$select === undefined && options.$expand === undefined) return everything;
  const expanded = expansionOf(options.$expand, shape);
  if (typeof expanded !== "boolean") return { ok: false, error: expanded };
  const names = options.$select === undefined ? [] : options.$select.split(",").map((name) => name.trim());
  const known = expanded ? [...shape.properties, ...shape.navigation] : shape.properties;
  const chosen = new Set<string>();
  const chosenNavigation = new Set<string>();
  for (const name of names) {
    const property = name === "*" ? name : known.find((one) => one.toLowerCase() === name.toLowerCase());
    if (property === undefined) return { ok: false, error: unknownProperty("$select", name, shape.properties) };
    (shape.navigation.includes(property) ? chosenNavigation : chosen).add(property);
  }
  const properties = names.length === 0 || chosen.has("*") ? undefined : chosen;
  const selected = properties ? [...properties, ...chosenNavigation] : [];
  const contextNames = [...selected, ...(expanded ? shape.navigation.map((name) => `${name}()`) : [])];
  return {
    ok: true,
    value: { properties, expand: expanded, context: contextNames.length === 0 ? "" : `(${contextNames.join(",")})` },
  };
}

/** Whether the request expands, or the error of its `$expand`. */
function expansionOf($expand: string | undefined, { navigation }: Shape): boolean | Invalid {
  if ($expand === undefined) return false;
  const known = navigation.map((name) => name.toLowerCase());
  const wrong = $expand.split(",").find((name) => !known.includes(name.trim().toLowerCase()));
  if (wrong === undefined) return true;
  const expected =
    navigation.length === 0
      ? "this entity has no navigation properties"
      : `expected ${navigation.join(", ")}, without options`;
  return invalid("$expand", `$expand: '${short(wrong.trim())}' cannot be expanded; ${expected}.`);
}

/** @param known the property names that are allowed. */
export function unknownProperty(option: "$select" | "$orderby", name: string, known: readonly string[]): Invalid {
  const problem = name === "" ? "a property name is empty" : `'${short(name)}' is not a property`;
  return invalid(option, `${option}: ${problem}; expected ${known.join(", ")}.`);
}
