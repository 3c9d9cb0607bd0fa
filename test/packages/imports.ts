import { globSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import ts from "typescript";

/** Matches package names in `require.resolve`, which the compiler does not report as imports. */
const resolved = /createRequire\(import\.meta\.url\)\.resolve\([`"]([^`"]+)/g;

/** Returns the sorted names of the packages that the scripts of an installed package import. */
export function importedPackages(packageFolder: string): readonly string[] {
  const names = globSync("dist/**/*.js", { cwd: packageFolder })
    .map((file) => readFileSync(join(packageFolder, file), "utf8"))
    .flatMap((text) => [
      ...ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName),
      ...[...text.matchAll(resolved)].map(([, name = ""]) => name),
    ])
    .filter((name) => !name.startsWith(".") && !name.startsWith("node:") && !builtinModules.includes(name))
    .map((name) => name.split("/", name.startsWith("@") ? 2 : 1).join("/"));
  return [...new Set(names)].sort();
}
