/** Starts Prism, an independent OpenAPI implementation, as a mock server or as a proxy that checks answers. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const cli = createRequire(import.meta.url).resolve("@stoplight/prism-cli");
const contract = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));
const startMilliseconds = 30_000;

export interface Prism {
  /** Prism's URL without the base path of the contract's `servers`, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Kills Prism and waits until its process has ended. */
  close(): Promise<void>;
}

// No Prism process may survive a test that fails or is stopped.
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const prism of running) prism.kill("SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

/**
 * Starts Prism on a free port of 127.0.0.1 and resolves when it listens. `--errors` is not set, because Prism would then
 * refuse requests that are wrong on purpose, instead of checking the service's answers to them (prism#1694).
 *
 * @param upstream the service root to which the proxy sends requests, such as `http://127.0.0.1:3000/beta`.
 * @param document the file of the contract. Default: openapi.yaml.
 * @throws Error that contains Prism's output if Prism does not start.
 */
export function startPrism(mode: "mock"): Promise<Prism>;
export function startPrism(mode: "proxy", upstream: string, document?: string): Promise<Prism>;
export async function startPrism(mode: "mock" | "proxy", upstream?: string, document = contract): Promise<Prism> {
  const documents = upstream === undefined ? [document] : [document, upstream];
  // Prism must run as a single process whatever NODE_ENV is, because a worker process would survive the kill.
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
    // Both streams are always read, because a full pipe would block Prism.
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
