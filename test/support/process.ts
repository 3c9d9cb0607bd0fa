/** Runs the command line in a separate process. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { assertNoSecret } from "./secrets.ts";

const cli = fileURLToPath(new URL("../../server/cli/cli.ts", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** Starts a command with only PATH and the given variables, so that the machine's settings have no effect. */
function start(args: readonly string[], env: Environment): ChildProcess {
  const path = process.env["PATH"] ?? "";
  return spawn(process.execPath, [cli, ...args], { env: { PATH: path, ...env }, stdio: ["ignore", "pipe", "pipe"] });
}

/** Runs a command until it exits. @param started is called with the process, for example to send it a signal. */
export async function runCli(
  args: readonly string[],
  env: Environment = {},
  started: (child: ChildProcess) => void = () => {},
): Promise<Ended> {
  const child = start(args, env);
  started(child);
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}

export interface Served {
  /** The lines that `serve` prints when it has started. */
  readonly lines: readonly string[];
  /** The service root. */
  readonly url: string;
  /** The id of the started process. With several processes, it is the primary process. */
  readonly pid: number;
  /** Returns all output so far, including the log. */
  printed(): string;
  /**
   * Sends the signal, waits for the end and asserts that the output contains no secret.
   * @returns the exit code, or `null` if the signal killed the process.
   */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts `serve` and resolves when it has printed its first lines. */
export async function serve(env: Environment, args: readonly string[] = []): Promise<Served> {
  const child = start(["serve", "--port", "0", ...args], env);
  const closed = once(child, "close");
  let [stdout, stderr] = ["", ""];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const lines = await new Promise<string[]>((resolve, reject) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (/^Token .*\n/m.test(stdout)) resolve(stdout.trimEnd().split("\n"));
    });
    child.once("close", (code) => reject(new Error(`serve ended with ${code}: ${stderr}`)));
  });
  const url = /https?:\S+/.exec(lines[0] ?? "")?.[0] ?? "";
  return {
    lines,
    url,
    pid: child.pid ?? 0,
    printed: () => `${stdout}${stderr}`,
    stop: async (signal) => {
      child.kill(signal);
      const [code] = await closed;
      if (env["LOG_LEVEL"] !== "debug") assertNoSecret(`${stdout}${stderr}`);
      return code;
    },
  };
}

/** Returns the ids of a process's children. Linux only. */
export function childrenOf(pid: number): readonly number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return children
      .split(" ")
      .filter((text) => text.trim() !== "")
      .map(Number);
  } catch {
    return [];
  }
}

/** Whether a process is running. A zombie process counts as ended. Linux only. */
export function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Sends a signal to each process that still exists. */
export function signalAll(pids: readonly number[], name: NodeJS.Signals): void {
  // The id 0 would send the signal to this process's own group.
  for (const pid of pids.filter((pid) => pid > 0)) {
    try {
      process.kill(pid, name);
    } catch {
      // The process has already ended.
    }
  }
}
