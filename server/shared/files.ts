/** Small files of the data folder, which several processes may create or replace at the same time. */
import { randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The mode of a file that only the user who runs this process may read. */
const privateMode = 0o600;
const publicMode = 0o644;

/** @returns undefined if the file does not exist. @throws the system's error if the file cannot be read. */
export function readFileIfExists(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Writes a private file unless it exists.
 * @returns the text of the file, which another process may have written first.
 */
export function writePrivateFileOnce(file: string, text: string): string {
  return writeFileOnce(file, text, privateMode);
}

/**
 * Writes a file without a secret unless it exists.
 * @returns the text of the file, which another process may have written first.
 */
export function writePublicFileOnce(file: string, text: string): string {
  return writeFileOnce(file, text, publicMode);
}

/**
 * Writes a temporary file and creates the file as a hard link to it. This is atomic and never replaces a file, so no
 * process reads incomplete text.
 */
function writeFileOnce(file: string, text: string, mode: number): string {
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

/** Replaces a file without a secret. Other processes read either the whole old text or the whole new text. */
export function replacePublicFile(file: string, text: string): void {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, text, { mode: publicMode });
  renameSync(draft, file);
}

/**
 * Creates a folder that only this user may access, and its missing parents. Does not use the option `recursive` of
 * mkdirSync, which never returns if the folder cannot be created in an existing parent such as /proc (Node 24.21).
 */
export function makePrivateFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makePrivateFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have created it in the meantime.
    if (!existsSync(path)) throw error;
  }
}
