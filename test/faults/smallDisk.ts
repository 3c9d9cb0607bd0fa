/** A small file system in memory, which becomes full quickly. It exists only if this user may mount file systems. */
import { execFileSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/setting.ts";

export interface SmallDisk {
  readonly folder: string;
  /** Uses all free space. */
  fill(): void;
  /** Frees the space that `fill` used. */
  free(): void;
}

/** Runs a function with a small disk. @returns `false`, without calling `run`, if the disk cannot be mounted. */
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
    await run({ folder, fill: () => writeUntilFull(ballast), free: () => rmSync(ballast) });
  } finally {
    // `--lazy` is needed because a process may still have open files after a failed test.
    execFileSync("umount", ["--lazy", folder]);
    rmSync(folder, { recursive: true });
  }
  return true;
}

function writeUntilFull(path: string): void {
  const file = openSync(path, "w");
  try {
    for (const block = Buffer.alloc(4096); ; ) writeSync(file, block);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  } finally {
    closeSync(file);
  }
}
