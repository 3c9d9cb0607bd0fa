/** The file of `seed` and `export`, YAML or JSON, in the shape of `seed` in control.yaml and judged by its rules. */
import { readFileSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { text as textIn } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { isMap, isNode, isScalar, isSeq, LineCounter, parse, parseDocument, stringify } from "yaml";
import control from "../../generated/control.json" with { type: "json" };
import type { ControlSchemas } from "../api/handlerTypes.ts";
import { operationsOf } from "../api/operations.ts";
import { compileChecks } from "../api/validation/validation.ts";
import type { Assignment, Profile } from "../domain/model.ts";
import { emptyTenant, seedContent } from "../domain/tenantContent.ts";
import { seedOf } from "../graph/profileBodies.ts";
import { RequestError, requestErrorOf } from "../http/errors.ts";
import { StartRefused } from "../shared/startRefused.ts";
import { type Entry, entryOf } from "./entries.ts";

export type Format = "yaml" | "json";

/** The name of standard input, and of standard output. */
export const standard = "-";

/**
 * Reads what a tenant is to have, and judges all of it before anything is sent.
 * @throws StartRefused that names the file, the line, what is wrong and what would do.
 */
export async function readTenantFile(file: string): Promise<readonly Entry[]> {
  const name = file === standard ? "standard input" : file;
  const text = await readText(file, name);
  const value = parseText(text, name);
  try {
    return judged(value);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const [blamed] = error.details;
    const line = blamed === undefined ? 1 : lineOf(text, blamed.target);
    throw new StartRefused(`${name}:${line}: ${error.message.replace(/^The request body/, "The file")}`);
  }
}

/** Of a pipe not with readFileSync, which fails (EAGAIN) where the other end takes its time. */
async function readText(file: string, name: string): Promise<string> {
  try {
    return file === standard ? await textIn(process.stdin) : readFileSync(file, "utf8");
  } catch (error) {
    throw new StartRefused(`${name} can't be read (${codeOf(error)}).`, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

/** JSON is YAML as well, but its own parser is a hundred times faster. */
function parseText(text: string, name: string): unknown {
  if (text.trimStart().startsWith("{")) {
    try {
      return JSON.parse(text);
    } catch {
      // YAML's parser says where, or it is YAML that begins with a brace.
    }
  }
  const lines = new LineCounter();
  try {
    return parse(text, { lineCounter: lines, prettyErrors: false });
  } catch (error) {
    const place = Object(error).pos?.[0];
    const line = typeof place === "number" ? lines.linePos(place).line : 1;
    const why = error instanceof Error ? error.message.replace(/\.?$/, "") : "";
    throw new StartRefused(`${name}:${line}: This is neither YAML nor JSON: ${why}.`, { cause: error });
  }
}

/** Of any size: the limits of control.yaml are those of a request. */
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

/** By the contract's schema first, then by the rules of its operations, against a tenant that is empty. */
function judged(value: unknown): readonly Entry[] {
  assertSeed(value);
  const seeds = value.profiles.map(seedOf);
  let ids = 0;
  const command = seedContent({ seeds, newId: () => String(ids++), now: "" });
  const { outcome, changes } = command.decide(emptyTenant);
  if (!outcome.ok) throw requestErrorOf(outcome.error);
  const made: { profile: Profile; assignments: Assignment[] }[] = [];
  for (const change of changes) {
    if (change.kind === "insertProfile") made.push({ profile: change.profile, assignments: [] });
    if (change.kind === "insertAssignment") made.at(-1)?.assignments.push(change.assignment);
  }
  return made.map(({ profile, assignments }) =>
    entryOf(
      profile,
      assignments.map(({ target }) => target),
    ),
  );
}

function assertSeed(value: unknown): asserts value is ControlSchemas["seed"] {
  const operation = operationsOf(document).find(({ operationId }) => operationId === "seed");
  if (operation === undefined) throw new Error("control.yaml has no operation seed.");
  compileChecks(document)(operation)({ path: {}, query: {}, headers: {}, body: value });
}

/** The line of a member such as `profiles[0].assignments[1].target.@odata.type`, or of what it is missing from. */
function lineOf(text: string, path: string): number {
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines });
  return lines.linePos(placeOf(contents, path)).line;
}

/** The character a member begins at, as far as the path leads. */
function placeOf(node: unknown, path: string): number {
  for (const [step, place, member] of membersOf(node)) {
    const rest = path.startsWith(step) ? path.slice(step.length) : "?";
    if (rest === "") return place;
    if (/^[.[]/.test(rest)) return placeOf(member, rest.replace(/^\./, ""));
  }
  return startOf(node);
}

function membersOf(node: unknown): readonly (readonly [step: string, place: number, member: unknown])[] {
  if (isSeq(node)) return node.items.map((item, index) => [`[${index}]`, startOf(item), item]);
  if (!isMap(node)) return [];
  return node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : "", startOf(key), value]);
}

function startOf(node: unknown): number {
  return (isNode(node) && node.range?.[0]) || 0;
}

/** The same entries are the same bytes, and what they are read as is what was written. */
export function textOf(entries: readonly Entry[], format: Format): string {
  const content = { profiles: entries };
  // No line is broken, so that a word more is a line that differs and not a paragraph.
  return format === "json" ? `${JSON.stringify(content, null, 2)}\n` : stringify(content, { lineWidth: 0 });
}

/** As it is read. @throws StartRefused if it can't be written. */
export async function writeTenantFile(file: string, text: string): Promise<void> {
  try {
    if (file === standard) await pipeline(Readable.from([text]), process.stdout, { end: false });
    else writeFileSync(file, text);
  } catch (error) {
    throw new StartRefused(`${file} can't be written (${codeOf(error)}).`, { cause: error });
  }
}
