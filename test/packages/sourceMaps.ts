import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Returns the scripts of an installed package whose source map is missing or does not contain all sources. */
export function unresolvedSources(packageFolder: string): readonly string[] {
  const scripts = globSync("dist/**/*.js", { cwd: packageFolder });
  return scripts.filter((script) => {
    const [, name] = /^\/\/# sourceMappingURL=(\S+)$/m.exec(readFileSync(join(packageFolder, script), "utf8")) ?? [];
    if (name === undefined) return true;
    const map = JSON.parse(readFileSync(join(packageFolder, script, "..", name), "utf8"));
    return map.sourcesContent?.length !== map.sources.length;
  });
}
