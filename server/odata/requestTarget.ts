/**
 * Normalizes the request target (RFC 9112, 3.2) before routing:
 *
 * - It removes a fragment, and the origin if the target is in absolute form.
 * - It replaces `%24` in the path by `$`, because some callers encode it. In the names of query options, the query
 *   parser does so.
 * - It replaces other cases of the contract's segments by the contract's own: Microsoft Graph matches them without regard to case.
 * - It replaces OData's alternative spellings by those of the contract: a key in parentheses, as in `things('id')`, and
 *   an action with its namespace, as in `microsoft.graph.doIt`.
 * - If a percent-encoding in the path is invalid, it encodes every percent sign in the path. The resulting path matches no route or no
 *   id, so the request is refused as not found, after its token has been checked.
 */

/** The contract's paths as a tree of segments. */
interface PathNode {
  /** The nodes by the names of their segments in lower case. */
  readonly names: Map<string, NamedNode>;
  /** The node for the segment that is a key. Undefined if no key is allowed here. */
  key: PathNode | undefined;
}

interface NamedNode {
  /** The contract's spelling of the segment. */
  readonly name: string;
  readonly node: PathNode;
}

/** @param paths path templates that start at the server's root, such as `/beta/things/{thingId}/parts`. */
export function targetNormalizer(paths: readonly string[]): (target: string) => string {
  const tree = treeOf(paths);
  const isNormal = new RegExp(`^(?=/)${patternBelow(tree)}(?:\\?[^#]*)?$`);
  return (target) => {
    if (isNormal.test(target)) return target;
    const originForm = target.replace(/^https?:\/\/[^/?#]*/i, "").replace(/#.*$/s, "");
    const [path = "", ...query] = originForm.split("?");
    const rooted = path.startsWith("/") ? path : `/${path}`;
    const normal = isEncoded(rooted)
      ? contractPath(rooted.replaceAll("%24", "$"), tree)
      : rooted.replaceAll("%", "%25");
    return [normal, ...query].join("?");
  };
}

/**
 * Returns a pattern for the paths below a node that need no change, because they have the spelling of the contract and ids
 * without dots and parentheses. Nearly all paths match. The pattern is nested like the tree, so each segment is matched only once.
 */
function patternBelow({ names, key }: PathNode): string {
  const below = [...names.values()].map(({ name, node }) => `${name.replaceAll("$", "\\$")}${patternBelow(node)}`);
  if (key) below.push(`[\\w=&:@,;+*!~-]+${patternBelow(key)}`);
  return below.length === 0 ? "" : `(?:/(?:${below.join("|")}))?`;
}

function isEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function treeOf(paths: readonly string[]): PathNode {
  const root = newNode();
  for (const path of paths) {
    let node = root;
    for (const segment of path.split("/").slice(1)) node = childFor(node, segment);
  }
  return root;
}

function newNode(): PathNode {
  return { names: new Map(), key: undefined };
}

function childFor(node: PathNode, segment: string): PathNode {
  if (segment.startsWith("{")) {
    node.key ??= newNode();
    return node.key;
  }
  const known = node.names.get(segment.toLowerCase());
  if (known) return known.node;
  const child = newNode();
  node.names.set(segment.toLowerCase(), { name: segment, node: child });
  return child;
}

/**
 * Rewrites a path so that each key is a separate segment (OData 4.01 URL Conventions, 4.3.1 and 4.3.6) and an action
 * has no namespace. The function walks down the tree, so it never mistakes an id for a name. Keys stay percent-encoded,
 * so that a key is always one segment and is never mistaken for `$count`. Segments that are not in the tree are not
 * changed.
 */
function contractPath(path: string, tree: PathNode): string {
  const [first = "", ...segments] = path.split("/");
  const contract = [first];
  let node: PathNode | undefined = tree;
  for (const segment of segments) {
    const spelled: readonly string[] = node ? contractSegments(segment, node) : [segment];
    contract.push(...spelled);
    for (const name of spelled) node = node?.names.get(name.toLowerCase())?.node ?? node?.key;
  }
  return contract.join("/");
}

function contractSegments(segment: string, { names }: PathNode): readonly string[] {
  const known = names.get(segment.toLowerCase());
  if (known) return [known.name];
  const [, collection = "", key = ""] = keyed.exec(decodeURIComponent(segment)) ?? [];
  const keyedBy = names.get(collection.toLowerCase());
  if (keyedBy?.node.key) return [keyedBy.name, encodeURIComponent(key.replaceAll("''", "'"))];
  const [, action = ""] = namespaced.exec(segment) ?? [];
  const called = names.get(action.toLowerCase());
  return called && isLeaf(called.node) ? [called.name] : [segment];
}

/** Matches a name with a key that is not empty. Quotes in the key are doubled. */
const keyed = /^(\w+)\('((?:[^']|'')+)'\)$/;

const namespaced = /^microsoft\.graph\.(\w+)$/i;

/** Whether the node is a leaf of the tree. Only a leaf can be an action. */
function isLeaf({ names, key }: PathNode): boolean {
  return names.size === 0 && key === undefined;
}
