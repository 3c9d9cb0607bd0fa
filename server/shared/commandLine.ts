/** Command lines of this program, for help texts and messages. */
import { existsSync } from "node:fs";

/** Returns the text that a user types in the current folder to run a command. */
export function commandLine(command: string, ...flags: readonly string[]): string {
  if (import.meta.url.endsWith(".ts")) {
    const script = command === "serve" ? "npm start" : `npm run --silent ${command}`;
    return [script, ...(flags.length > 0 ? ["--", ...flags] : [])].join(" ");
  }
  // If the package is not installed in this folder, as with `npx <tarball>`, npx would look it up in the registry.
  const program = existsSync("node_modules/apple-enrollment")
    ? "npx apple-enrollment"
    : `node ${quoteForShell(process.argv[1] ?? "")}`;
  return [program, command, ...flags].join(" ");
}

/** Quotes a word that contains white space. */
export function quoteForShell(text: string): string {
  return /\s/.test(text) ? JSON.stringify(text) : text;
}
