/** `$select` and `$expand` (OData 4.01 URL Conventions, 5.1.3 and 5.1.4): which properties an entity is shown with. */
import { type Invalid, invalid, short } from "../domain/errors.ts";
import type { Outcome } from "../domain/store.ts";

export interface SelectionOptions {
  readonly $select?: string;
  readonly $expand?: string;
}

/** The names of the properties of an entity type, in the order they are shown in. */
export interface Shape {
  readonly properties: readonly string[];
  /** What can be expanded. */
  readonly navigation: readonly string[];
}

export interface Selection {
  /** Undefined: all. */
  readonly properties: ReadonlySet<string> | undefined;
  readonly expand: boolean;
  /** What the context URL says of it, such as `(id,displayName,assignments())`; empty if there is nothing to say. */
  readonly context: string;
}

const everything: Outcome<Selection, Invalid> = {
  ok: true,
  value: { properties: undefined, expand: false, context: "" },
};

export function selectionOf(options: SelectionOptions, shape: Shape): Outcome<Selection, Invalid> {
  // As nearly every request.
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
  const shown = [...selected, ...(expanded ? shape.navigation.map((name) => `${name}()`) : [])];
  return {
    ok: true,
    value: { properties, expand: expanded, context: shown.length === 0 ? "" : `(${shown.join(",")})` },
  };
}

/** Whether there is something to expand, or why there can't be. */
function expansionOf($expand: string | undefined, { navigation }: Shape): boolean | Invalid {
  if ($expand === undefined) return false;
  const known = navigation.map((name) => name.toLowerCase());
  const wrong = $expand.split(",").find((name) => !known.includes(name.trim().toLowerCase()));
  if (wrong === undefined) return true;
  const would = `it can be ${navigation.join(", ")}, without options of its own`;
  return invalid("$expand", `$expand: '${short(wrong.trim())}' can't be expanded here; ${would}.`);
}

/** @param known what would do. */
export function unknownProperty(option: "$select" | "$orderby", name: string, known: readonly string[]): Invalid {
  const problem = name === "" ? "there is an empty name in it" : `'${short(name)}' is not a property here`;
  return invalid(option, `${option}: ${problem}; known are ${known.join(", ")}.`);
}
