/** Runs `apple-enrollment verify <base-url>`: checks the server, writes the reports, and returns the exit code. */
import { execFile } from "node:child_process";
import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { promisify } from "node:util";
import type { Generation, Run } from "./judging/verdict.ts";
import { allPlays, listSteps, type Play } from "./playing/play.ts";
import { findOmission, type Selection } from "./playing/selection.ts";
import { openProgress } from "./progress.ts";
import { htmlReport } from "./reports/html.ts";
import { jsonReport } from "./reports/jsonReport.ts";
import { junitReport } from "./reports/junit.ts";
import { textReport, toPrintable } from "./reports/text.ts";
import { run } from "./run.ts";
import { createProvoker, fetchDevelopmentTokens, nonsense, type Tokens } from "./server/callers.ts";
import { preflight } from "./server/preflight.ts";
import type { Target } from "./server/target.ts";
import { isMicrosoftHost, parseServiceRoot, UsageError } from "./server/usage.ts";

/** The command-line options of `verify`. */
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
  /** The number of generated requests. */
  readonly generate: number;
  /** `<seed>`, or `<seed>:<path>` to repeat a counterexample. Random by default. */
  readonly seed?: string;
  readonly publicUrl?: string;
  /** The time limit for one answer, in seconds. */
  readonly timeout: number;
  readonly realTenant: boolean;
  readonly junit?: string;
  readonly json?: string;
  readonly html?: string;
}

/** The exit codes. `unusable` means that the server cannot be checked; the signals are those that stopped the run. */
const exitCodes = { kept: 0, broken: 1, unusable: 2, SIGINT: 130, SIGTERM: 143 } as const;

/** Checks the server, prints the report, and writes the report files. @returns the exit code. */
export async function verify(url: string, options: VerifyOptions): Promise<number> {
  try {
    const baseUrl = parseServiceRoot(url);
    if (options.dryRun) return printDryRun(baseUrl, options);
    if (isMicrosoftHost(baseUrl) && !options.realTenant) {
      throw new UsageError(
        `${new URL(baseUrl).hostname} is a Microsoft host. Confirm with --real-tenant that profiles may be created and deleted in the tenant of the token.`,
      );
    }
    const target = await createTarget(baseUrl, options);
    const reason = await preflight(target);
    if (reason !== undefined) throw new UsageError(reason);
    return await runCheck(target, options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(toPrintable(error.message));
    return exitCodes.unusable;
  }
}

async function runCheck(target: Target, options: VerifyOptions): Promise<number> {
  const stop = new AbortController();
  let signal: "SIGINT" | "SIGTERM" | undefined;
  const onSignal = (name: "SIGINT" | "SIGTERM") => {
    // A second signal ends the process immediately.
    if (signal !== undefined) process.exit(exitCodes[name]);
    signal = name;
    console.error("\nStopping: deleting the profiles that this run created.");
    stop.abort();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const progress = openProgress(process.stderr);
  try {
    const generation = parseGeneration(options);
    const result = await run(target, {
      selection: options,
      signal: stop.signal,
      onVerdict: progress.show,
      ...(generation && { generation }),
    });
    progress.end();
    if (signal === undefined && result.verdicts.every(({ outcome }) => outcome.startsWith("not "))) {
      // A run without any scenario must not look like a successful run.
      throw new UsageError(
        "No scenario is left to play. Check --include, --exclude, --read-only, --profile, --stateless and the tokens.",
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
function parseGeneration({ generate: requests, seed }: VerifyOptions): Generation | undefined {
  if (requests === 0) return undefined;
  const [, digits, path] = /^(-?\d{1,10})(?::([\d:]+))?$/.exec(seed ?? String(randomInt(2 ** 31))) ?? [];
  if (digits === undefined)
    throw new UsageError(`--seed must be a number, or the text after --seed in a report; it is ${seed}.`);
  return { requests, seed: Number(digits), ...(path !== undefined && { path }) };
}

/** @throws UsageError */
async function createTarget(baseUrl: string, options: VerifyOptions): Promise<Target> {
  const timeout = options.timeout * 1000;
  const send = (request: Request) => fetch(request);
  const given = await readTokens(options);
  const tokens = given ?? (await fetchDevelopmentTokens(baseUrl, send, timeout)) ?? { nonsense };
  const { full } = tokens;
  return {
    baseUrl,
    roots: options.publicUrl === undefined ? [baseUrl] : [baseUrl, parseServiceRoot(options.publicUrl)],
    tokens,
    provoke: options.control && full !== undefined ? createProvoker(baseUrl, full, send, timeout) : undefined,
    timeout,
    isOwnTenant: given === undefined,
    fetch: send,
  };
}

/** @throws UsageError */
async function readTokens(options: VerifyOptions): Promise<Tokens | undefined> {
  const { token, tokenCommand, readerToken, powerlessToken, strangerToken } = options;
  const full = token ?? (tokenCommand === undefined ? undefined : await runTokenCommand(tokenCommand));
  if (full === undefined) return undefined;
  const others = { reader: readerToken, powerless: powerlessToken, stranger: strangerToken };
  const given = Object.entries({ full, ...others }).filter(([, one]) => one !== undefined && one.trim() !== "");
  return { nonsense, ...Object.fromEntries(given.map(([caller, one]) => [caller, one?.trim()])) };
}

/** @throws UsageError */
async function runTokenCommand(command: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, { shell: true });
    return stdout.trim();
  } catch (error) {
    throw new UsageError(`The command in --token-command failed with exit code ${Object(error).code}: ${command}`);
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
      throw new UsageError(`The report ${file} cannot be written (${Object(error).code}).`);
    }
  }
}

/** Lists the requests of every scenario, without sending them. */
function printDryRun(baseUrl: string, options: VerifyOptions): number {
  const tokens = { full: "", reader: "", powerless: "", stranger: "", nonsense };
  const provoke = options.control ? async () => undefined : undefined;
  const target = { baseUrl, roots: [baseUrl], tokens, provoke, timeout: 0, fetch };
  for (const play of allPlays(options.profile)) {
    const omission = findOmission(play, target, options);
    console.log(`${play.operation} ${play.status} ${play.title}${omission ? ` (left out: ${omission.reason})` : ""}`);
    if (!omission) console.log(describeSteps(play).join("\n"));
  }
  return exitCodes.kept;
}

function describeSteps(play: Play): string[] {
  return listSteps(play).map((step) => {
    if ("follow" in step) return `  GET ${step.follow}`;
    const { operation, path, query, headers, body, text, bytes, caller } = step;
    const parts = { ...path, ...query, ...headers, ...(caller && { caller }) };
    const sent = text ?? (bytes === undefined ? body : `${bytes} bytes`);
    return [
      "  ",
      operation,
      Object.keys(parts).length > 0 && ` ${JSON.stringify(parts)}`,
      sent && ` ${JSON.stringify(sent)}`,
    ]
      .filter(Boolean)
      .join("");
  });
}
