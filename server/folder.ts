import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder for this user alone, and those above it that are missing. Not with mkdirSync's `recursive`: where a
 * folder can't be made although the one above is there, as in /proc, that never returns (Node 24.21).
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process that starts now may have made it.
    if (!existsSync(path)) throw error;
  }
}
