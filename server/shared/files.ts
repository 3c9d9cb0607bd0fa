/** Files that are made once and then kept, whoever else makes them at the same time. */
import { randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A private file is for this user alone. */
const privateMode = 0o600;
const publicMode = 0o644;

/** @returns undefined if there is no such file. @throws Error of the system for any other reason. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Writes a private file unless it is there, and returns what it then holds: of several processes, the first one's text.
 * A link is made whole or not at all and never replaces a file: nobody reads half of it, and nobody's is lost.
 */
export function keepFirst(file: string, text: string): string {
  return keep(file, text, privateMode);
}

/** As keepFirst, of a file that holds no secret. */
export function keepFirstPublic(file: string, text: string): string {
  return keep(file, text, publicMode);
}

function keep(file: string, text: string, mode: number): string {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, text, { mode });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, "utf8");
}

/** Replaces a file that holds no secret: whoever reads meanwhile has the old text or the new one, whole. */
export function replacePublic(file: string, text: string): void {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, text, { mode: publicMode });
  renameSync(draft, file);
}

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
