/**
 * Adds to the output of openapi-typescript a rule that it ignores: a schema with `if: { not: { required: [a] } }` and
 * `then: { required: [b] }` has `a` or `b`, so its type becomes `{ a?, b?, … } & ({ a } | { b })`. In the contract the rule is
 * not an `anyOf`, because openapi-typescript makes `unknown` of one, and other generators cannot use it.
 */
import ts from "typescript";

interface Condition {
  readonly if?: { readonly not?: { readonly required?: readonly string[] } };
  readonly then?: { readonly required?: readonly string[] };
}

/**
 * @param nodes the statements of a generated module. @param schemas the schemas of the contract from which they were generated.
 */
export function withEitherRequired(nodes: readonly ts.Node[], schemas: Readonly<Record<string, object>>): ts.Node[] {
  const transformer: ts.TransformerFactory<ts.Node> = (context) => {
    const visit = (node: ts.Node): ts.Node =>
      withAlternatives(node, schemas) ?? ts.visitEachChild(node, visit, context);
    return visit;
  };
  return ts.transform([...nodes], [transformer]).transformed;
}

/** Returns the declaration of a schema with such a condition, and undefined for any other node. */
function withAlternatives(node: ts.Node, schemas: Readonly<Record<string, object>>): ts.Node | undefined {
  if (!ts.isPropertySignature(node) || !ts.isIdentifier(node.name) || !node.type) return undefined;
  const { type, name } = node;
  const schema: Condition = Object.hasOwn(schemas, name.text) ? { ...schemas[name.text] } : {};
  const names = [...(schema.if?.not?.required ?? []), ...(schema.then?.required ?? [])];
  if (schema.if?.not === undefined || !ts.isTypeLiteralNode(type)) return undefined;
  const alternatives = type.members
    .filter(ts.isPropertySignature)
    .filter((member) => names.includes(textOf(member.name)));
  if (alternatives.length !== names.length) throw new Error(`The condition of ${name.text} names an unknown property.`);
  const required = alternatives.map((member) =>
    ts.factory.createTypeLiteralNode([
      ts.factory.createPropertySignature(member.modifiers, member.name, undefined, member.type),
    ]),
  );
  const either = ts.factory.createIntersectionTypeNode([type, ts.factory.createUnionTypeNode(required)]);
  const signature = ts.factory.createPropertySignature(undefined, name, undefined, either);
  return ts.setSyntheticLeadingComments(signature, ts.getSyntheticLeadingComments(node));
}

function textOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "";
}
