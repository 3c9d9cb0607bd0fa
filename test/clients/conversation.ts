/**
 * Conversations as plain text: what a client sends and what it needs to be answered. How one is written, says
 * conversations/README.md.
 */

/** Names and values in the order of the text. */
export type Fields = readonly (readonly [name: string, value: string])[];

export interface Exchange {
  /** A sentence. */
  readonly name: string;
  readonly method: string;
  /** Below the service root, or a whole URL. */
  readonly target: string;
  readonly headers: Fields;
  readonly body: string;
  readonly expected: { readonly status: number; readonly headers: Fields; readonly body: string };
}

export interface Conversation {
  readonly title: string;
  readonly exchanges: readonly Exchange[];
}

/** @throws Error if the text has another form. */
export function parseConversation(text: string): Conversation {
  const [preface = "", ...parts] = text.split(/^=== */m);
  const [title = ""] = preface.split("\n");
  if (!/^Source: /m.test(preface)) throw new Error(`The conversation "${title}" doesn't say its source.`);
  return { title, exchanges: parts.map(parseExchange) };
}

function parseExchange(text: string): Exchange {
  const [question = "", answer] = text.split(/^---\n/m);
  if (answer === undefined) throw new Error(`There is no line --- in the exchange: ${text}`);
  const [name = "", ...lines] = question.split("\n");
  const { line, headers, body } = parseMessage(lines.join("\n"));
  const [, method = "", target = ""] = /^([A-Z]+) (\S+)$/.exec(line) ?? [];
  if (method === "") throw new Error(`This is no request line: ${line}`);
  const { line: status, ...expected } = parseMessage(answer);
  if (!/^\d{3}$/.test(status)) throw new Error(`This is no status: ${status}`);
  return { name, method, target, headers, body, expected: { status: Number(status), ...expected } };
}

/** A first line, header fields, an empty line, a body. */
function parseMessage(text: string): { line: string; headers: Fields; body: string } {
  const [head = "", ...rest] = text.split("\n\n");
  const [line = "", ...fields] = head.split("\n");
  const headers = fields.filter((field) => field !== "").map((field) => parseField(field));
  return { line, headers, body: rest.join("\n\n").trim() };
}

function parseField(field: string): readonly [string, string] {
  const [, name, value] = /^([\w-]+): (.*)$/.exec(field) ?? [];
  if (name === undefined || value === undefined) throw new Error(`This is no header field: ${field}`);
  return [name, value];
}

/** Looks like `<profile>`, `<token of source>`. */
const placeholder = /<([a-z][\w ]*)>/;

/** The values of the placeholders, as answers gave them. */
export type Known = Map<string, string>;

/** The text with the values of its placeholders. @throws Error if there is none yet. */
export function fill(text: string, known: Known): string {
  return text.replaceAll(new RegExp(placeholder, "g"), (_, name: string) => {
    const value = known.get(name);
    if (value === undefined) throw new Error(`<${name}> has no value: no answer before gave it one.`);
    // In JSON a placeholder stands inside a string.
    return isJson(text) ? JSON.stringify(value).slice(1, -1) : value;
  });
}

export function isJson(text: string): boolean {
  return /^[{[]/.test(text);
}

/**
 * What differs between what is expected and what came, as sentences. Placeholders without a value get theirs.
 * An expected object names some members, `"<absent>"` for one that must not be there; an expected array is whole.
 *
 * @param where names the place that is compared, such as `body.value`.
 */
export function differences(expected: unknown, actual: unknown, known: Known, where: string): readonly string[] {
  if (typeof expected === "string") return fits(expected, actual, known) ? [] : [differs(expected, actual, where)];
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [differs(expected, actual, where)];
    return expected.flatMap((item, index) => differences(item, actual[index], known, `${where}[${index}]`));
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null) return [differs(expected, actual, where)];
    const members = new Map(Object.entries(actual));
    return Object.entries(expected).flatMap(([name, value]) =>
      differences(value, members.get(name), known, `${where}.${name}`),
    );
  }
  return expected === actual ? [] : [differs(expected, actual, where)];
}

function differs(expected: unknown, actual: unknown, where: string): string {
  return `${where} should be ${JSON.stringify(expected)}, not ${JSON.stringify(actual)}`;
}

/** Whether a text, or a number as one, is as expected. */
function fits(expected: string, actual: unknown, known: Known): boolean {
  if (expected === "<absent>") return actual === undefined || actual === null;
  if (typeof actual !== "string" && typeof actual !== "number") return false;
  const parts = expected.split(new RegExp(placeholder, "g"));
  // After the split every second part is a placeholder's name.
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
