/**
 * Parses conversations, which are plain-text files with a client's requests and the answers that the client needs.
 * conversations/README.md describes the format.
 */

/** Header names and values in the order of the file. */
export type Fields = readonly (readonly [name: string, value: string])[];

export interface Exchange {
  /** A sentence that says what the client does. */
  readonly name: string;
  readonly method: string;
  /** A path relative to the service root, or an absolute URL. */
  readonly target: string;
  readonly headers: Fields;
  readonly body: string;
  readonly expected: { readonly status: number; readonly headers: Fields; readonly body: string };
}

export interface Conversation {
  readonly title: string;
  readonly exchanges: readonly Exchange[];
}

/** @throws Error if the text does not follow the format. */
export function parseConversation(text: string): Conversation {
  const [preface = "", ...parts] = text.split(/^=== */m);
  const [title = ""] = preface.split("\n");
  if (!/^Source: /m.test(preface))
    throw new Error(`The conversation "${title}" has no line that starts with "Source: ".`);
  return { title, exchanges: parts.map(parseExchange) };
}

function parseExchange(text: string): Exchange {
  const [question = "", answer] = text.split(/^---\n/m);
  if (answer === undefined) throw new Error(`An exchange must have a line "---" between request and answer: ${text}`);
  const [name = "", ...lines] = question.split("\n");
  const { line, headers, body } = parseMessage(lines.join("\n"));
  const [, method = "", target = ""] = /^([A-Z]+) (\S+)$/.exec(line) ?? [];
  if (method === "") throw new Error(`This line is not a request line, such as "GET /path": ${line}`);
  const { line: status, ...expected } = parseMessage(answer);
  if (!/^\d{3}$/.test(status)) throw new Error(`This line is not a status of three digits: ${status}`);
  return { name, method, target, headers, body, expected: { status: Number(status), ...expected } };
}

/** Parses a first line, header fields, an empty line and a body. */
function parseMessage(text: string): { line: string; headers: Fields; body: string } {
  const [head = "", ...rest] = text.split("\n\n");
  const [line = "", ...fields] = head.split("\n");
  const headers = fields.filter((field) => field !== "").map((field) => parseField(field));
  return { line, headers, body: rest.join("\n\n").trim() };
}

function parseField(field: string): readonly [string, string] {
  const [, name, value] = /^([\w-]+): (.*)$/.exec(field) ?? [];
  if (name === undefined || value === undefined)
    throw new Error(`This line is not a header field, such as "Name: value": ${field}`);
  return [name, value];
}

/** Matches a placeholder such as `<profile>` or `<token of source>`. */
const placeholder = /<([a-z][\w ]*)>/;

/** The placeholders' values by name. They are taken from earlier answers. */
export type Known = Map<string, string>;

/** Replaces the placeholders in a text with their values. @throws Error if a placeholder has no value yet. */
export function fill(text: string, known: Known): string {
  return text.replaceAll(new RegExp(placeholder, "g"), (_, name: string) => {
    const value = known.get(name);
    if (value === undefined) throw new Error(`The placeholder <${name}> has no value: no earlier answer contains it.`);
    // In JSON a placeholder is always part of a string literal, so its value must be escaped.
    return isJson(text) ? JSON.stringify(value).slice(1, -1) : value;
  });
}

export function isJson(text: string): boolean {
  return /^[{[]/.test(text);
}

/**
 * Compares an answer with the expected answer. A placeholder without a value takes it from the answer.
 *
 * An expected object contains only some of the properties; `"<absent>"` means that a property must be absent. An expected array
 * contains all items.
 *
 * @param where the path of the compared value, such as `body.value`.
 * @returns a sentence for each difference.
 */
export function differences(expected: unknown, actual: unknown, known: Known, where: string): readonly string[] {
  if (typeof expected === "string")
    return matches(expected, actual, known) ? [] : [differenceOf(expected, actual, where)];
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [differenceOf(expected, actual, where)];
    return expected.flatMap((item, index) => differences(item, actual[index], known, `${where}[${index}]`));
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null) return [differenceOf(expected, actual, where)];
    const members = new Map(Object.entries(actual));
    return Object.entries(expected).flatMap(([name, value]) =>
      differences(value, members.get(name), known, `${where}.${name}`),
    );
  }
  return expected === actual ? [] : [differenceOf(expected, actual, where)];
}

function differenceOf(expected: unknown, actual: unknown, where: string): string {
  return `${where} should be ${JSON.stringify(expected)}, not ${JSON.stringify(actual)}`;
}

/** Whether a string or number matches the expected text. A number is converted to a string first. */
function matches(expected: string, actual: unknown, known: Known): boolean {
  if (expected === "<absent>") return actual === undefined || actual === null;
  if (typeof actual !== "string" && typeof actual !== "number") return false;
  const parts = expected.split(new RegExp(placeholder, "g"));
  // `split` with a capture group puts the name of a placeholder at every odd index.
  const names = parts.filter((_, index) => index % 2 === 1);
  const pattern = parts.map((part, index) => (index % 2 === 1 ? "(.+?)" : escapePattern(part))).join("");
  const values = new RegExp(`^${pattern}$`, "s").exec(String(actual))?.slice(1);
  if (values === undefined) return false;
  return names.every((name, index) => {
    const value = values[index] ?? "";
    if (name === "any") return true;
    if (!known.has(name)) known.set(name, value);
    return known.get(name) === value;
  });
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
