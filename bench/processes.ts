/** Processes the benchmark starts: each is stopped at the end, whatever happens. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import type { Counts } from "./contenders/lifecycle.ts";

export interface Command {
  /** Arguments of Node. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it answers messages of this process. */
  readonly talks: boolean;
}

export interface Running {
  readonly pid: number;
  /** Undefined while it runs, then how it ended. */
  ended(): string | undefined;
  /** The end of what it has printed. */
  printed(): string;
  /** What it has counted so far; nothing, if it doesn't talk. */
  counts(): Promise<Counts>;
  stop(): Promise<void>;
}

const running = new Set<Running>();

/** @param log the file that takes what it prints. */
export function start({ args, env, talks }: Command, log: string): Running {
  const output = openSync(log, "a");
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", output, output, ...(talks ? (["ipc"] as const) : [])],
  });
  closeSync(output);
  if (child.pid === undefined) throw new Error("A process could not be started.");
  const ended = () => (child.exitCode === null && child.signalCode === null ? undefined : endOf(child));
  const started: Running = {
    pid: child.pid,
    ended,
    printed: () => readFileSync(log, "utf8").trim().split("\n").slice(-6).join("\n").slice(-1_500),
    async counts() {
      if (!talks || ended() !== undefined) return {};
      child.send("counts");
      const [counts]: Counts[] = await Promise.race([once(child, "message"), once(child, "exit").then(() => [])]);
      return counts ?? {};
    },
    async stop() {
      running.delete(started);
      if (ended() !== undefined) return;
      const end = once(child, "exit");
      child.kill("SIGTERM");
      const impatience = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await end;
      clearTimeout(impatience);
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

/** A port that nobody listens on now. Every contender is told its port, so that all are waited for in the same way. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}
