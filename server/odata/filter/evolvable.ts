/**
 * Evolvable enumerations in a `$filter`: a member beyond the sentinel is shown as the sentinel, so the sentinel means
 * itself and every member beyond it. Whatever the request prefers: a link to the next page keeps no preferences, and
 * `$count` takes none. A member beyond that is named means itself alone.
 */
import type { Condition, Operand, Property, Value } from "../../domain/query.ts";

const sentinel = "unknownFutureValue";

/** The members that are shown as the sentinel, itself the first; empty if the enumeration has none. */
function membersFrom(members: readonly string[]): readonly string[] {
  const place = members.indexOf(sentinel);
  return place < 0 ? [] : members.slice(place);
}

/** The condition as it holds for what is shown. */
export function asShown<Path extends string>(
  condition: Condition<Path>,
  properties: Readonly<Record<Path, Property<Path>>>,
): Condition<Path> {
  const inner = (one: Condition<Path>) => asShown(one, properties);
  /** What the values stand for beside this operand. */
  const meant = (operand: Operand<Path>, values: readonly Value[]): readonly Value[] => {
    const members = operand.kind === "property" ? (properties[operand.path].members ?? []) : [];
    return values.flatMap<Value>((value) =>
      value === sentinel && members.length > 0 ? membersFrom(members) : [value],
    );
  };
  switch (condition.kind) {
    case "and":
    case "or":
      return { ...condition, conditions: condition.conditions.map(inner) };
    case "not":
    case "is":
      return { ...condition, condition: inner(condition.condition) };
    case "in":
      return { ...condition, values: meant(condition.operand, condition.values) };
    case "compare": {
      const { operator, left, right } = condition;
      const [operand, literal] = left.kind === "literal" ? [right, left] : [left, right];
      const values = literal.kind === "literal" ? meant(operand, [literal.value]) : [];
      if (values.length < 2) return condition;
      const isIn: Condition<Path> = { kind: "in", operand, values };
      return operator === "ne" ? { kind: "not", condition: isIn } : isIn;
    }
    default:
      return condition;
  }
}
