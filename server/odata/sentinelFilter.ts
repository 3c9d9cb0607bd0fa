/**
 * Evolvable enumerations in a `$filter`. The sentinel matches itself and every member that is shown as the sentinel.
 * This does not depend on the request's preferences, because next links contain no preferences and `$count` does not
 * support them. If the filter names a member after the sentinel, the name matches only that member.
 */
import type { Condition, Operand, Properties, Value } from "../domain/query.ts";
import { membersShownAsSentinel, sentinel } from "./evolvableEnums.ts";

/** Rewrites the condition so that the sentinel matches all members that are shown as the sentinel. */
export function expandSentinel<Path extends string>(
  condition: Condition<Path>,
  properties: Properties<Path>,
): Condition<Path> {
  const expand = (inner: Condition<Path>) => expandSentinel(inner, properties);
  /** Adds the members that the sentinel matches to the values that are compared with this operand. */
  const expandValues = (operand: Operand<Path>, values: readonly Value[]): readonly Value[] => {
    const members = operand.kind === "property" ? (properties[operand.path].members ?? []) : [];
    if (members.length === 0) return values;
    return values.flatMap<Value>((value) => (value === sentinel ? membersShownAsSentinel(members) : [value]));
  };
  switch (condition.kind) {
    case "and":
    case "or":
      return { ...condition, conditions: condition.conditions.map(expand) };
    case "not":
    case "is":
      return { ...condition, condition: expand(condition.condition) };
    case "in":
      return { ...condition, values: expandValues(condition.operand, condition.values) };
    case "compare": {
      const { operator, left, right } = condition;
      const [operand, literal] = left.kind === "literal" ? [right, left] : [left, right];
      const values = literal.kind === "literal" ? expandValues(operand, [literal.value]) : [];
      if (values.length < 2) return condition;
      const isIn: Condition<Path> = { kind: "in", operand, values };
      return operator === "ne" ? { kind: "not", condition: isIn } : isIn;
    }
    default:
      return condition;
  }
}
