/**
 * Reads and writes the YAML or JSON files of `seed` and `export`. Their schema is the schema `seed` in control.yaml.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { text as textIn } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { isMap, isNode, isScalar, isSeq, LineCounter, parse, parseDocument, stringify } from "yaml";
import control from "../../generated/control.json" with { type: "json" };
import type { ControlSchemas } from "../api/handlerTypes.ts";
import { operationsOf } from "../api/operations.ts";
import { compileChecks } from "../api/validation/validation.ts";
import { emptyTenant, seedContent } from "../domain/commands/tenantContent.ts";
import type { Assignment, Profile } from "../domain/model.ts";
import { seedOf } from "../graph/profileBodies.ts";
import { RequestError, requestErrorOf } from "../http/errors.ts";
import { StartRefused } from "../shared/startRefused.ts";
import { entryOf, type TenantEntry } from "./entries.ts";

export type Format = "yaml" | "json";

/** The file name that means standard input or standard output. */
export const standardStream = "-";

/**
 * Reads the whole file and validates it before any request is sent.
 * @throws StartRefused if the file is not valid. The message names the file, the line, the error and a valid value.
 */
export async function readTenantFile(file: string): Promise<readonly TenantEntry[]> {
  const name = file === standardStream ? "standard input" : file;
  const text = await readText(file, name);
  const value = parseText(text, name);
  try {
    return checkedEntries(value);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const [blamed] = error.details;
    const line = blamed === undefined ? 1 : findLine(text, blamed.target);
    throw new StartRefused(`${name}:${line}: ${error.message.replace(/^The request body/, "The file")}`);
  }
}

/** Does not read standard input with readFileSync, which fails with EAGAIN if the writer of a pipe is slow. */
async function readText(file: string, name: string): Promise<string> {
  try {
    return file === standardStream ? await textIn(process.stdin) : readFileSync(file, "utf8");
  } catch (error) {
    throw new StartRefused(`${name} cannot be read (${errorCode(error)}).`, { cause: error });
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

/** Tries the JSON parser first: JSON is also YAML, but the JSON parser is much faster. */
function parseText(text: string, name: string): unknown {
  if (text.trimStart().startsWith("{")) {
    try {
      return JSON.parse(text);
    } catch {
      // The text is YAML that starts with a brace, or invalid. Then the YAML parser finds the line of the error.
    }
  }
  const lines = new LineCounter();
  try {
    return parse(text, { lineCounter: lines, prettyErrors: false });
  } catch (error) {
    const offset = Object(error).pos?.[0];
    const line = typeof offset === "number" ? lines.linePos(offset).line : 1;
    const reason = error instanceof Error ? error.message.replace(/\.?$/, "") : "";
    throw new StartRefused(`${name}:${line}: The file is neither YAML nor JSON: ${reason}.`, { cause: error });
  }
}

/** The schema does not limit the number of profiles, because the limits in control.yaml apply to a single request. */
const { profiles } = control.components.schemas.seed.properties;
const { minItems: _least, maxItems: _most, ...anyNumber } = profiles;
const document = {
  ...control,
  components: {
    ...control.components,
    schemas: {
      ...control.components.schemas,
      seed: { ...control.components.schemas.seed, properties: { profiles: anyNumber } },
    },
  },
};

/** Validates the file against the contract's schema, and then against the domain's rules for an empty tenant. */
function checkedEntries(value: unknown): readonly TenantEntry[] {
  assertSeed(value);
  const seeds = value.profiles.map(seedOf);
  let ids = 0;
  const command = seedContent({ seeds, newId: () => String(ids++), now: "" });
  const { outcome, changes } = command.decide(emptyTenant);
  if (!outcome.ok) throw requestErrorOf(outcome.error);
  const created: { profile: Profile; assignments: Assignment[] }[] = [];
  for (const change of changes) {
    if (change.kind === "insertProfile") created.push({ profile: change.profile, assignments: [] });
    if (change.kind === "insertAssignment") created.at(-1)?.assignments.push(change.assignment);
  }
  return created.map(({ profile, assignments }) =>
    entryOf(
      profile,
      assignments.map(({ target }) => target),
    ),
  );
}

function assertSeed(value: unknown): asserts value is ControlSchemas["seed"] {
  const operation = operationsOf(document).find(({ operationId }) => operationId === "seed");
  if (operation === undefined) throw new Error("control.yaml has no operation with the id seed.");
  compileChecks(document)(operation)({ path: {}, query: {}, headers: {}, body: value });
}

/**
 * Returns the line of a member such as `profiles[0].assignments[1].target.@odata.type`. If the member is missing,
 * returns the line of its nearest existing parent.
 */
function findLine(text: string, path: string): number {
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines });
  return lines.linePos(findOffset(contents, path)).line;
}

/** Returns the offset at which a member starts. If the member is missing, uses its nearest existing parent. */
function findOffset(node: unknown, path: string): number {
  for (const [step, offset, member] of membersOf(node)) {
    const rest = path.startsWith(step) ? path.slice(step.length) : "?";
    if (rest === "") return offset;
    if (/^[.[]/.test(rest)) return findOffset(member, rest.replace(/^\./, ""));
  }
  return startOffset(node);
}

function membersOf(node: unknown): readonly (readonly [step: string, offset: number, member: unknown])[] {
  if (isSeq(node)) return node.items.map((item, index) => [`[${index}]`, startOffset(item), item]);
  if (!isMap(node)) return [];
  return node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : "", startOffset(key), value]);
}

function startOffset(node: unknown): number {
  return (isNode(node) && node.range?.[0]) || 0;
}

/**
 * Formats entries as the text of a file. Equal entries give the same bytes, and reading the text gives equal entries.
 */
export function formatTenant(entries: readonly TenantEntry[], format: Format): string {
  const content = { profiles: entries };
  // Long lines are not wrapped, so that a changed word changes one line of a diff.
  return format === "json" ? `${JSON.stringify(content, null, 2)}\n` : stringify(content, { lineWidth: 0 });
}

/** @throws StartRefused if the file cannot be written. */
export async function writeTenantFile(file: string, text: string): Promise<void> {
  try {
    if (file === standardStream) await pipeline(Readable.from([text]), process.stdout, { end: false });
    else writeFileSync(file, text);
  } catch (error) {
    throw new StartRefused(`${file} cannot be written (${errorCode(error)}).`, { cause: error });
  }
}
