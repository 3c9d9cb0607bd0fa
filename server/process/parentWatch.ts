/** Stops a service that npm or npx has started, if npm itself is killed. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Milliseconds between two checks. */
const interval = 500;

/**
 * Calls `stop` when npm ends. npm starts a script through a shell, so a signal to npm does not reach the service: it would continue
 * as an orphan that holds the port and the database. A service that was started without npm is not watched, so that `serve &`
 * continues after its shell exits.
 */
export async function stopWithNpm(stop: () => void): Promise<void> {
  if (process.env["npm_lifecycle_event"] === undefined && process.env["npm_command"] === undefined) return;
  const parent = process.ppid;
  const npm = await parentOfShell(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || isAlive(npm))) return;
    clearInterval(timer);
    stop();
  }, interval);
  timer.unref();
}

/**
 * The parent of a shell. Undefined if the process is not a shell: some shells, such as bash, replace themselves with the command,
 * and then the process is npm. Also undefined if the parent is unknown, as on Windows, which has no `ps`.
 */
async function parentOfShell(pid: number): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)("ps", ["-o", "ppid=,comm=", "-p", String(pid)]);
    const parent = Number(/^ *(\d+) +(?:\S*\/)?-?(?:sh|bash|dash|ash|zsh|ksh|busybox)\s*$/.exec(stdout)?.[1] ?? 0);
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
