/** Runs `verify --against`: reads two versions of a contract, and prints the changes between them. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { UsageError } from "../server/usage.ts";
import { compareContracts, formatChanges, isBreaking } from "./report.ts";

export interface DriftOptions {
  /** The file with the newer version. The default is the contract in this package. */
  readonly contract: string | undefined;
  /** The file to write the changes to, as JSON. */
  readonly json: string | undefined;
}

/** Prints the changes. The exit code is 1 if one breaks clients or servers. @throws UsageError if a version cannot be read. */
export async function printChanges(against: string, { contract, json }: DriftOptions): Promise<void> {
  const before = existsSync(against) ? parseDocument(readFileSync(against, "utf8"), against) : readRevision(against);
  const after = contract === undefined ? await readOwnContract() : parseDocument(readFile(contract), contract);
  const changes = compareContracts(before, after);
  console.log(formatChanges(changes));
  if (json !== undefined) writeFile(json, JSON.stringify(changes, null, 2));
  if (changes.some(isBreaking)) process.exitCode = 1;
}

async function readOwnContract(): Promise<unknown> {
  const { default: document } = await import("../../generated/openapi.json", { with: { type: "json" } });
  return document;
}

function readFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(`${file} cannot be read.`, { cause });
  }
}

function writeFile(file: string, text: string): void {
  try {
    writeFileSync(file, `${text}\n`);
  } catch (cause) {
    throw new UsageError(`${file} cannot be written.`, { cause });
  }
}

function readRevision(revision: string): unknown {
  const name = `${revision}:openapi.yaml`;
  try {
    // --end-of-options prevents git from parsing a revision that starts with a hyphen as an option.
    const args = ["show", "--end-of-options", name];
    const text = execFileSync("git", args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 2 ** 26,
    });
    return parseDocument(text, name);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`${revision} is neither a file nor a git revision with an openapi.yaml.`, { cause });
  }
}

function parseDocument(text: string, name: string): unknown {
  const wrong = `${name} is not an OpenAPI 3.1 document.`;
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
