/** `apple-enrollment verify`: from what a person says to an exit code. */
import { execFile } from "node:child_process";
import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { promisify } from "node:util";
import type { Generation, Run } from "./judging/verdict.ts";
import { allPlays, type Play, stepsOf } from "./playing/play.ts";
import { omissionOf, type Selection } from "./playing/selection.ts";
import { progressOn } from "./progress.ts";
import { htmlReport } from "./reports/html.ts";
import { jsonReport } from "./reports/jsonReport.ts";
import { junitReport } from "./reports/junit.ts";
import { printable, textReport } from "./reports/text.ts";
import { run } from "./run.ts";
import { developmentTokens, nonsense, provoker, type Tokens } from "./server/callers.ts";
import { obstacle } from "./server/preflight.ts";
import type { Target } from "./server/target.ts";
import { isOfMicrosoft, rootOf, UsageError } from "./server/usage.ts";

/** As the command line has them. */
export interface VerifyOptions {
  readonly token?: string;
  readonly tokenCommand?: string;
  readonly readerToken?: string;
  readonly powerlessToken?: string;
  readonly strangerToken?: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly readOnly: boolean;
  readonly dryRun: boolean;
  readonly profile: Selection["profile"];
  readonly stateless: boolean;
  readonly control: boolean;
  /** How many generated requests; 0 for none. */
  readonly generate: number;
  /** `<seed>`, or `<seed>:<path>` of a counterexample. By default another one each time. */
  readonly seed?: string;
  readonly publicUrl?: string;
  /** Seconds. */
  readonly timeout: number;
  readonly realTenant: boolean;
  readonly junit?: string;
  readonly json?: string;
  readonly html?: string;
}

/** Exit codes: the contract is kept; it is not; it could not be checked; stopped by SIGINT or SIGTERM. */
const exitCodes = { kept: 0, broken: 1, unusable: 2, SIGINT: 130, SIGTERM: 143 } as const;

/** Checks the server, prints the report and writes those that are asked for. @returns the exit code */
export async function verify(url: string, options: VerifyOptions): Promise<number> {
  try {
    const baseUrl = rootOf(url);
    if (options.dryRun) return dryRun(baseUrl, options);
    if (isOfMicrosoft(baseUrl) && !options.realTenant) {
      throw new UsageError(
        `${new URL(baseUrl).hostname} is Microsoft's: confirm with --real-tenant that profiles may be created and deleted in the token's tenant.`,
      );
    }
    const target = await targetOf(baseUrl, options);
    const reason = await obstacle(target);
    if (reason !== undefined) throw new UsageError(reason);
    return await check(target, options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(printable(error.message));
    return exitCodes.unusable;
  }
}

async function check(target: Target, options: VerifyOptions): Promise<number> {
  const stop = new AbortController();
  let signal: "SIGINT" | "SIGTERM" | undefined;
  const onSignal = (name: "SIGINT" | "SIGTERM") => {
    // Who asks a second time is in a hurry.
    if (signal !== undefined) process.exit(exitCodes[name]);
    signal = name;
    console.error("\nStopping: what was made is being deleted.");
    stop.abort();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const progress = progressOn(process.stderr);
  try {
    const generation = generationOf(options);
    const result = await run(target, {
      selection: options,
      signal: stop.signal,
      onVerdict: progress.show,
      ...(generation && { generation }),
    });
    progress.end();
    if (signal === undefined && result.verdicts.every(({ outcome }) => outcome.startsWith("not "))) {
      // An empty check that passes would be taken for a good one.
      throw new UsageError(
        "No scenario is left to play: --include, --exclude, --read-only, --profile, --stateless or the tokens leave none.",
      );
    }
    console.log(textReport(result));
    writeReports(result, options);
    if (signal !== undefined) return exitCodes[signal];
    return result.violations.length > 0 || result.left.length > 0 ? exitCodes.broken : exitCodes.kept;
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}

/** @throws UsageError */
function generationOf({ generate: requests, seed: said }: VerifyOptions): Generation | undefined {
  if (requests === 0) return undefined;
  const [, digits, path] = /^(-?\d{1,10})(?::([\d:]+))?$/.exec(said ?? String(randomInt(2 ** 31))) ?? [];
  if (digits === undefined)
    throw new UsageError(`--seed ${said} is none: a number, or what a report says behind --seed.`);
  return { requests, seed: Number(digits), ...(path !== undefined && { path }) };
}

/** @throws UsageError */
async function targetOf(baseUrl: string, options: VerifyOptions): Promise<Target> {
  const timeout = options.timeout * 1000;
  const send = (request: Request) => fetch(request);
  const given = await givenTokens(options);
  const tokens = given ?? (await developmentTokens(baseUrl, send, timeout)) ?? { nonsense };
  const { full } = tokens;
  return {
    baseUrl,
    roots: options.publicUrl === undefined ? [baseUrl] : [baseUrl, rootOf(options.publicUrl)],
    tokens,
    provoke: options.control && full !== undefined ? provoker(baseUrl, full, send, timeout) : undefined,
    timeout,
    isOwnTenant: given === undefined,
    fetch: send,
  };
}

/** @throws UsageError */
async function givenTokens(options: VerifyOptions): Promise<Tokens | undefined> {
  const { token, tokenCommand, readerToken, powerlessToken, strangerToken } = options;
  const full = token ?? (tokenCommand === undefined ? undefined : await outputOf(tokenCommand));
  if (full === undefined) return undefined;
  const others = { reader: readerToken, powerless: powerlessToken, stranger: strangerToken };
  const given = Object.entries({ full, ...others }).filter(([, one]) => one !== undefined && one.trim() !== "");
  return { nonsense, ...Object.fromEntries(given.map(([caller, one]) => [caller, one?.trim()])) };
}

/** @throws UsageError */
async function outputOf(command: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, { shell: true });
    return stdout.trim();
  } catch (error) {
    throw new UsageError(`The command of --token-command failed with code ${Object(error).code}: ${command}`);
  }
}

/** @throws UsageError */
function writeReports(result: Run, { junit, json, html }: VerifyOptions): void {
  const reports = [
    [junit, junitReport],
    [json, jsonReport],
    [html, htmlReport],
  ] as const;
  for (const [file, report] of reports) {
    if (file === undefined) continue;
    try {
      writeFileSync(file, report(result));
    } catch (error) {
      throw new UsageError(`The report ${file} can't be written (${Object(error).code}).`);
    }
  }
}

/** Lists what would be sent, by whoever could be asking, and sends nothing. */
function dryRun(baseUrl: string, options: VerifyOptions): number {
  const everyone = { full: "", reader: "", powerless: "", stranger: "", nonsense };
  const provoke = options.control ? async () => undefined : undefined;
  const target = { baseUrl, roots: [baseUrl], tokens: everyone, provoke, timeout: 0, fetch };
  for (const play of allPlays()) {
    const omission = omissionOf(play, target, options);
    console.log(`${play.operation} ${play.status} ${play.title}${omission ? ` (left out: ${omission.reason})` : ""}`);
    if (!omission) console.log(linesOf(play).join("\n"));
  }
  return exitCodes.kept;
}

function linesOf(play: Play): string[] {
  return stepsOf(play).map((step) => {
    if ("follow" in step) return `  GET ${step.follow}`;
    const { operation, path, query, headers, body, text, bytes, caller } = step;
    const asked = { ...path, ...query, ...headers, ...(caller && { caller }) };
    const sent = text ?? (bytes === undefined ? body : `${bytes} bytes`);
    return [
      "  ",
      operation,
      Object.keys(asked).length > 0 && ` ${JSON.stringify(asked)}`,
      sent && ` ${JSON.stringify(sent)}`,
    ]
      .filter(Boolean)
      .join("");
  });
}
