/** `verify --against`: two versions of a contract, from where they are, and the report of what changed between them. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { UsageError } from "../server/usage.ts";
import { driftOf, driftText, isBreaking } from "./report.ts";

export interface DriftOptions {
  /** The file of the newer version; by default the one this comes with. */
  readonly contract: string | undefined;
  /** The file to write the changes to, as JSON. */
  readonly json: string | undefined;
}

/** @throws UsageError for a version that can't be read. */
export async function printDrift(against: string, { contract, json }: DriftOptions): Promise<void> {
  const before = existsSync(against) ? documentOf(readFileSync(against, "utf8"), against) : ofRevision(against);
  const after = contract === undefined ? await shipped() : documentOf(textOf(contract), contract);
  const changes = driftOf(before, after);
  console.log(driftText(changes));
  if (json !== undefined) write(json, JSON.stringify(changes, null, 2));
  if (changes.some(isBreaking)) process.exitCode = 1;
}

async function shipped(): Promise<unknown> {
  const { default: document } = await import("../../generated/openapi.json", { with: { type: "json" } });
  return document;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(`${file} can't be read.`, { cause });
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, `${text}\n`);
  } catch (cause) {
    throw new UsageError(`${file} can't be written.`, { cause });
  }
}

function ofRevision(revision: string): unknown {
  const name = `${revision}:openapi.yaml`;
  try {
    // An option of git's would be no revision.
    const args = ["show", "--end-of-options", name];
    const text = execFileSync("git", args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 2 ** 26,
    });
    return documentOf(text, name);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`${revision} is neither a file nor a git revision with an openapi.yaml.`, { cause });
  }
}

function documentOf(text: string, name: string): unknown {
  const wrong = `${name} is not a document of OpenAPI 3.1.`;
  let document: unknown;
  try {
    document = parse(text);
  } catch (cause) {
    throw new UsageError(wrong, { cause });
  }
  const { openapi, paths } = Object(document);
  if (!/^3\.1\./.test(String(openapi)) || typeof paths !== "object") throw new UsageError(wrong);
  return document;
}
