/**
 * Makes openapi-typescript's output readable where it is used: in editors, in the compiler's messages and in the reference.
 * Each schema that is an object or a union gets a name, since an anonymous type is shown whole, and is referred to by it; and
 * a property that is a component and says nothing itself says what the component does.
 */
import ts from "typescript";

/** @param nodes the statements of a generated module. Their comments are changed. */
export function named(nodes: readonly ts.Node[]): readonly ts.Node[] {
  const components = nodes.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === "components");
  if (!components) return nodes;
  for (const node of nodes) {
    describe(node, components);
    // What only types are made of is no part of the reference.
    ts.addSyntheticLeadingComment(node, ts.SyntaxKind.MultiLineCommentTrivia, "* @hidden ", true);
  }
  const schemas = membersOf(memberOf(components.members, "schemas"));
  const aliases = schemas.flatMap((schema) => (isWorthName(schema) ? aliasOf(schema) : []));
  return ts.transform([...aliases, ...nodes], [byName(schemas)]).transformed;
}

/** Gives what is a component, all the way down, the comment of that component. */
function describe(node: ts.Node, components: ts.InterfaceDeclaration): void {
  if (ts.isPropertySignature(node) && node.type) {
    const [root, kind = "", name = ""] = keysOf(node.type);
    const component = root === "components" && memberOf(membersOf(memberOf(components.members, kind)), name);
    const comments = component && ts.getSyntheticLeadingComments(component);
    if (comments && !ts.getSyntheticLeadingComments(node)) ts.setSyntheticLeadingComments(node, comments);
  }
  for (const comment of ts.getSyntheticLeadingComments(node) ?? []) {
    // Plain text, which editors and the reference show without a heading.
    comment.text = comment.text.replace("@description ", "").replace("@constant", "Always this.");
  }
  ts.forEachChild(node, (child) => describe(child, components));
}

function isWorthName({ type }: ts.PropertySignature): boolean {
  return type !== undefined && (ts.isTypeLiteralNode(type) || ts.isUnionTypeNode(type));
}

/** Not an interface: that could not be given to who takes a record. */
function aliasOf(schema: ts.PropertySignature): readonly ts.Node[] {
  const exported = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  if (!schema.type) return [];
  const alias = ts.factory.createTypeAliasDeclaration(exported, textOf(schema.name), undefined, schema.type);
  return [ts.setSyntheticLeadingComments(alias, ts.getSyntheticLeadingComments(schema))];
}

/** Puts in the place of `components["schemas"]["x"]`, and of what `x` is there, its name; or what it is, if it has none. */
function byName(schemas: readonly ts.PropertySignature[]): ts.TransformerFactory<ts.Node> {
  const { factory } = ts;
  return (context) => {
    const visit = (node: ts.Node): ts.Node => {
      if (ts.isPropertySignature(node) && schemas.includes(node) && isWorthName(node)) {
        const type = factory.createTypeReferenceNode(textOf(node.name));
        const reference = factory.createPropertySignature(undefined, node.name, undefined, type);
        return ts.setSyntheticLeadingComments(reference, ts.getSyntheticLeadingComments(node));
      }
      const [root, kind, name = ""] = ts.isTypeNode(node) ? keysOf(node) : [];
      const schema = root === "components" && kind === "schemas" ? memberOf(schemas, name) : undefined;
      if (schema) return isWorthName(schema) ? factory.createTypeReferenceNode(name) : (schema.type ?? node);
      return ts.visitEachChild(node, visit, context);
    };
    return visit;
  };
}

/** `["components", "schemas", "id"]` of `components["schemas"]["id"]`. */
function keysOf(type: ts.TypeNode): readonly string[] {
  if (ts.isTypeReferenceNode(type)) return [textOf(type.typeName)];
  if (!ts.isIndexedAccessTypeNode(type)) return [];
  const { objectType, indexType } = type;
  return [...keysOf(objectType), ts.isLiteralTypeNode(indexType) ? textOf(indexType.literal) : ""];
}

function memberOf(members: Iterable<ts.Node>, name: string): ts.PropertySignature | undefined {
  return [...members].filter(ts.isPropertySignature).find((member) => textOf(member.name) === name);
}

function membersOf(property: ts.PropertySignature | undefined): readonly ts.PropertySignature[] {
  return property?.type && ts.isTypeLiteralNode(property.type)
    ? property.type.members.filter(ts.isPropertySignature)
    : [];
}

function textOf(node: ts.Node): string {
  return ts.isIdentifier(node) || ts.isStringLiteral(node) ? node.text : "";
}
