/**
 * The one form of a request target (RFC 9112, 3.2) that routing sees:
 *
 * - The origin of the absolute form and a fragment are removed.
 * - `%24` in the path becomes `$`, because some callers write it so. The parser of the query handles the names of options.
 * - OData's other spellings become those of the contract: a key in parentheses, `things('id')`, and an action with its
 *   namespace, `microsoft.graph.doIt`.
 * - In a path that is not valid percent-encoding every percent sign is encoded. So it names an unknown route or id, and is
 *   refused like one, after its token was checked.
 */

/** The contract's paths as a tree of segments. */
interface PathNode {
  readonly names: Map<string, PathNode>;
  /** What follows a key; undefined if no key is allowed here. */
  key: PathNode | undefined;
}

/** @param paths path templates from the root of the server, such as `/beta/things/{thingId}/parts`. */
export function targetNormalizer(paths: readonly string[]): (target: string) => string {
  const tree = treeOf(paths);
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

/** A target that needs no change, as nearly every target: no dot and no parenthesis in its path. */
const isNormal = /^\/[\w/$=&:@,;+*!~-]*(?:\?[^#]*)?$/;

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
  const child = node.names.get(segment) ?? newNode();
  node.names.set(segment, child);
  return child;
}

/**
 * The path with each key in a segment of its own (OData 4.01 URL Conventions, 4.3.1 and 4.3.6) and the action without its
 * namespace. It follows the tree, so an id is never taken for a name. A key stays encoded: it is one segment, and never
 * `$count`. What leads out of the tree stays as it is.
 */
function contractPath(path: string, tree: PathNode): string {
  const [first = "", ...segments] = path.split("/");
  const contract = [first];
  let node: PathNode | undefined = tree;
  for (const segment of segments) {
    const spelled: readonly string[] = node ? contractSegments(segment, node) : [segment];
    contract.push(...spelled);
    for (const name of spelled) node = node?.names.get(name) ?? node?.key;
  }
  return contract.join("/");
}

function contractSegments(segment: string, { names }: PathNode): readonly string[] {
  if (names.has(segment)) return [segment];
  const [, name = "", key = ""] = keyed.exec(decodeURIComponent(segment)) ?? [];
  if (names.get(name)?.key) return [name, encodeURIComponent(key.replaceAll("''", "'"))];
  const [, action = ""] = namespaced.exec(segment) ?? [];
  const node = names.get(action);
  return node && isLeaf(node) ? [action] : [segment];
}

/** A name with a key that is not empty. Quotes in the key are doubled. */
const keyed = /^(\w+)\('((?:[^']|'')+)'\)$/;

const namespaced = /^microsoft\.graph\.(\w+)$/;

/** Nothing can follow the name of an action. */
function isLeaf({ names, key }: PathNode): boolean {
  return names.size === 0 && key === undefined;
}
