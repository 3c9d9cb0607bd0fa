/** Stops a service that npm or npx has started, if npm itself is killed. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Milliseconds between two checks. */
const interval = 500;

/**
 * Calls `stop` when npm ends. npm starts a script through a shell, so a signal to npm does not reach the service: it would go on
 * as an orphan that holds the port and the database. A service that was started without npm is not watched, so that `serve &`
 * continues after its shell exits.
 */
export async function stopWithNpm(stop: () => void, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (env["npm_lifecycle_event"] === undefined && env["npm_command"] === undefined) return;
  const shell = process.ppid;
  const npm = await parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && (npm === undefined || isAlive(npm))) return;
    clearInterval(timer);
    stop();
  }, interval);
  timer.unref();
}

/** The parent of a process; undefined if it is not known, as on Windows, which has no `ps`. */
async function parentOf(pid: number): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)("ps", ["-o", "ppid=", "-p", String(pid)]);
    const parent = Number(stdout);
    return parent > 1 ? parent : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user is alive as well, although it takes no signal from this one.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
