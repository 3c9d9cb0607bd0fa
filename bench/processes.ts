/** Starts the processes of the benchmark, and stops every process at the end, even after an error. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import type { Counts } from "./contenders/lifecycle.ts";

export interface Command {
  /** The arguments of the `node` command. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the process has an IPC channel and answers messages from the benchmark. */
  readonly hasChannel: boolean;
}

export interface Running {
  readonly pid: number;
  /** Returns the exit code or the signal; undefined while the process is running. */
  ended(): string | undefined;
  /** Returns the last lines that the process has printed. */
  printed(): string;
  /** Returns the process's counters; an empty object if the process does not answer messages. */
  counts(): Promise<Counts>;
  stop(): Promise<void>;
}

const running = new Set<Running>();

/** Starts a process. @param log the file to which its output is written. */
export function start({ args, env, hasChannel }: Command, log: string): Running {
  const output = openSync(log, "a");
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", output, output, ...(hasChannel ? (["ipc"] as const) : [])],
  });
  closeSync(output);
  if (child.pid === undefined) throw new Error(`The process could not be started: ${args.join(" ")}`);
  const ended = () => (child.exitCode === null && child.signalCode === null ? undefined : endOf(child));
  const started: Running = {
    pid: child.pid,
    ended,
    printed: () => readFileSync(log, "utf8").trim().split("\n").slice(-6).join("\n").slice(-1_500),
    async counts() {
      if (!hasChannel || ended() !== undefined) return {};
      child.send("counts");
      const [counts]: Counts[] = await Promise.race([once(child, "message"), once(child, "exit").then(() => [])]);
      return counts ?? {};
    },
    async stop() {
      running.delete(started);
      if (ended() !== undefined) return;
      const end = once(child, "exit");
      child.kill("SIGTERM");
      const killTimer = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await end;
      clearTimeout(killTimer);
    },
  };
  running.add(started);
  return started;
}

export async function stopAll(): Promise<void> {
  await Promise.allSettled([...running].map((one) => one.stop()));
}

function endOf({ exitCode, signalCode }: ChildProcess): string {
  return signalCode === null ? `exit code ${exitCode}` : signalCode;
}

/** Returns a free port. Every contender is given a port, so that the benchmark can wait for each in the same way. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
