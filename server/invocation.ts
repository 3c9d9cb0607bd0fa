/** How the commands of this program are written where it was started. */
import { existsSync } from "node:fs";

/** @param flags none is `""`. @returns what can be pasted into a shell in the same folder. */
export function commandLine(name: "serve" | "token", flags = ""): string {
  if (import.meta.url.endsWith(".ts")) {
    const script = name === "serve" ? "npm start" : "npm run --silent token";
    return flags === "" ? script : `${script} -- ${flags}`;
  }
  // Run from elsewhere, as `npx <tarball>` does, npx would look for the name in the registry.
  const program = existsSync("node_modules/apple-enrollment")
    ? "npx apple-enrollment"
    : `node ${quoted(process.argv[1] ?? "")}`;
  return `${program} ${name} ${flags}`.trimEnd();
}

/** A word of a shell's line. */
export function quoted(text: string): string {
  return /\s/.test(text) ? JSON.stringify(text) : text;
}
