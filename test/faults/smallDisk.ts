/** A disk that is soon full: a file system in memory, where this user may mount one. */
import { execFileSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/setting.ts";

export interface SmallDisk {
  readonly folder: string;
  /** Takes all the room there is. */
  fill(): void;
  /** Gives it back. */
  free(): void;
}

/** @returns whether it could be mounted; if not, nothing was run. */
export async function withSmallDisk(megabytes: number, run: (disk: SmallDisk) => Promise<void>): Promise<boolean> {
  const folder = temporaryFolder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    rmSync(folder, { recursive: true });
    return false;
  }
  const ballast = join(folder, "ballast");
  try {
    await run({ folder, fill: () => writeToTheEnd(ballast), free: () => rmSync(ballast) });
  } finally {
    // Lazy: after a failure, a process may still have files there.
    execFileSync("umount", ["--lazy", folder]);
    rmSync(folder, { recursive: true });
  }
  return true;
}

function writeToTheEnd(path: string): void {
  const file = openSync(path, "w");
  try {
    for (const block = Buffer.alloc(4096); ; ) writeSync(file, block);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  } finally {
    closeSync(file);
  }
}
