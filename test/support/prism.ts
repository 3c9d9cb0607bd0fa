/** Prism, an independent reader of the contract: a mock that answers what it promises, or a proxy that checks. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const cli = createRequire(import.meta.url).resolve("@stoplight/prism-cli");
const contract = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));
const startMilliseconds = 30_000;

export interface Prism {
  /** Such as `http://127.0.0.1:40123`. Neither mode has the base path of the contract's `servers` in it. */
  readonly url: string;
  /** Kills Prism and waits until it is gone. */
  close(): Promise<void>;
}

// A test that fails in the middle, or that is stopped, leaves no Prism behind.
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const prism of running) prism.kill("SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

/**
 * Starts Prism on a free port of 127.0.0.1 and resolves when it listens. Without `--errors`: with it, a request that is
 * wrong on purpose never gets as far as the check of its answer (prism#1694).
 *
 * @param upstream the service root behind the proxy, such as `http://127.0.0.1:3000/beta`.
 * @throws Error with Prism's output if it doesn't start.
 */
export function startPrism(mode: "mock"): Promise<Prism>;
export function startPrism(mode: "proxy", upstream: string): Promise<Prism>;
export async function startPrism(mode: "mock" | "proxy", upstream?: string): Promise<Prism> {
  const documents = upstream === undefined ? [contract] : [contract, upstream];
  // One process, whatever NODE_ENV is: a worker of its own would outlive the kill.
  const options = ["--host", "127.0.0.1", "--port", "0", "--multiprocess", "false"];
  const prism = spawn(process.execPath, [cli, mode, ...documents, ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(prism, "close");
  running.add(prism);

  const close = async () => {
    prism.kill("SIGKILL");
    await closed;
    running.delete(prism);
  };
  try {
    return { url: await listening(prism), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function listening(prism: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const fail = (reason: string) => {
      clearTimeout(timer);
      reject(new Error(`Prism ${reason}. Its output:\n${output}`));
    };
    const timer = setTimeout(fail, startMilliseconds, `did not listen within ${startMilliseconds} ms`);
    prism.once("close", (code) => fail(`stopped with code ${code}`));
    // Both streams are read to their ends: a full pipe would stop Prism.
    for (const stream of [prism.stdout, prism.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const url = /listening on (http:\/\/\S+?:\d+)/.exec(output)?.[1];
        if (url === undefined) return;
        clearTimeout(timer);
        resolve(url);
      });
    }
  });
}
