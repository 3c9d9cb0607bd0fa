/**
 * Makes the output of openapi-typescript readable in editors, compiler messages and the API reference. Each schema that
 * is an object or a union becomes a named type, because tools print anonymous types in full. A property without its own
 * comment gets the comment of the component it refers to.
 */
import ts from "typescript";

/** @param nodes the statements of a generated module. This function also changes their comments. */
export function named(nodes: readonly ts.Node[]): readonly ts.Node[] {
  const components = nodes.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === "components");
  if (!components) return nodes;
  for (const node of nodes) {
    describe(node, components);
    // These declarations only serve to build the named types, so the API reference leaves them out.
    ts.addSyntheticLeadingComment(node, ts.SyntaxKind.MultiLineCommentTrivia, "* @hidden ", true);
  }
  const schemas = membersOf(memberOf(components.members, "schemas"));
  const aliases = schemas.flatMap((schema) => (isWorthNaming(schema) ? aliasOf(schema) : []));
  return ts.transform([...aliases, ...nodes], [byName(schemas)]).transformed;
}

/**
 * Copies the comment of a component to each property that refers to the component, in this node and its descendants.
 */
function describe(node: ts.Node, components: ts.InterfaceDeclaration): void {
  if (ts.isPropertySignature(node) && node.type) {
    const [root, kind = "", name = ""] = keysOf(node.type);
    const component = root === "components" && memberOf(membersOf(memberOf(components.members, kind)), name);
    const comments = component && ts.getSyntheticLeadingComments(component);
    if (comments && !ts.getSyntheticLeadingComments(node)) ts.setSyntheticLeadingComments(node, comments);
  }
  for (const comment of ts.getSyntheticLeadingComments(node) ?? []) {
    // Without the JSDoc tag, editors and the API reference show the text without a heading.
    comment.text = comment.text.replace("@description ", "").replace("@constant", "Always this value.");
  }
  ts.forEachChild(node, (child) => describe(child, components));
}

function isWorthNaming({ type }: ts.PropertySignature): boolean {
  return (
    type !== undefined && [ts.isTypeLiteralNode, ts.isUnionTypeNode, ts.isIntersectionTypeNode].some((is) => is(type))
  );
}

/** A type alias, because an interface is not assignable to a `Record` type. */
function aliasOf(schema: ts.PropertySignature): readonly ts.Node[] {
  const exported = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  if (!schema.type) return [];
  const alias = ts.factory.createTypeAliasDeclaration(exported, textOf(schema.name), undefined, schema.type);
  return [ts.setSyntheticLeadingComments(alias, ts.getSyntheticLeadingComments(schema))];
}

/**
 * Replaces `components["schemas"]["x"]` and the declaration of `x` by the named type `x`, or by its type if it has
 * none.
 */
function byName(schemas: readonly ts.PropertySignature[]): ts.TransformerFactory<ts.Node> {
  return (context) => {
    const visit = (node: ts.Node): ts.Node =>
      declaredByName(node, schemas) ?? referredByName(node, schemas) ?? ts.visitEachChild(node, visit, context);
    return visit;
  };
}

/** Returns a schema's declaration in `components`, with the named type as its type. Undefined for any other node. */
function declaredByName(node: ts.Node, schemas: readonly ts.PropertySignature[]): ts.Node | undefined {
  if (!ts.isPropertySignature(node) || !schemas.includes(node) || !isWorthNaming(node)) return undefined;
  const type = ts.factory.createTypeReferenceNode(textOf(node.name));
  const reference = ts.factory.createPropertySignature(undefined, node.name, undefined, type);
  return ts.setSyntheticLeadingComments(reference, ts.getSyntheticLeadingComments(node));
}

/**
 * Returns the named type of the schema that a node refers to, or its type if it has none. Undefined for other nodes.
 */
function referredByName(node: ts.Node, schemas: readonly ts.PropertySignature[]): ts.Node | undefined {
  const [root, kind, name = ""] = ts.isTypeNode(node) ? keysOf(node) : [];
  const schema = root === "components" && kind === "schemas" ? memberOf(schemas, name) : undefined;
  if (!schema) return undefined;
  return isWorthNaming(schema) ? ts.factory.createTypeReferenceNode(name) : (schema.type ?? node);
}

/** Returns `["components", "schemas", "id"]` for `components["schemas"]["id"]`. */
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
