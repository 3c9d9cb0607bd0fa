/** How the commands of this program are written where it was started. */
import { existsSync } from "node:fs";

/** A command as its user types it, in the folder where this program was started. */
export function commandLine(command: string, ...flags: readonly string[]): string {
  if (import.meta.url.endsWith(".ts")) {
    const script = command === "serve" ? "npm start" : `npm run --silent ${command}`;
    return [script, ...(flags.length > 0 ? ["--", ...flags] : [])].join(" ");
  }
  // Run from elsewhere, as `npx <tarball>` does, npx would look for the name in the registry.
  const program = existsSync("node_modules/apple-enrollment")
    ? "npx apple-enrollment"
    : `node ${quoted(process.argv[1] ?? "")}`;
  return [program, command, ...flags].join(" ");
}

/** A word of a shell's line. */
export function quoted(text: string): string {
  return /\s/.test(text) ? JSON.stringify(text) : text;
}
