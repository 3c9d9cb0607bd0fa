/** The programs of a page in docs/: each as a file that compiles and runs as it stands, but for where the packages are. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Program {
  readonly file: string;
  /** What the page says that it prints: the block without a language that follows. */
  readonly shown: string | undefined;
}

/**
 * Writes a page's programs into a folder, as `program-0.ts` and so on.
 *
 * @param prelude what stands before the program of this number, such as the import of what an earlier one has made.
 */
export function programsOf(
  page: string,
  folder: string,
  prelude: (index: number, text: string) => string,
): readonly Program[] {
  const found = page.matchAll(/```ts\n([\s\S]*?)```(?:\n\n(?:[^\n]*:\n\n)?```\n([\s\S]*?)```)?/g);
  return [...found].map(([, text = "", shown], index) => {
    const file = join(folder, `program-${index}.ts`);
    const program = text
      .replaceAll('"apple-enrollment-client"', `"${join(root, "client/index.ts")}"`)
      .replaceAll('"apple-enrollment-client/node"', `"${join(root, "client/node.ts")}"`)
      .replaceAll('"apple-enrollment/server"', `"${join(root, "server/testing.ts")}"`);
    writeFileSync(file, prelude(index, text) + program);
    return { file, shown };
  });
}

export function pageOf(name: string): string {
  return readFileSync(join(root, "docs", name), "utf8");
}

/** What the compiler has against the programs, by the project's own settings. */
export function faultsOf(programs: readonly Program[]): readonly string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root);
  const program = ts.createProgram(
    programs.map(({ file }) => file),
    options,
  );
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file, start = 0 }) => {
    const line = file?.text.slice(0, start).split("\n").length;
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

/** Runs a program and answers what it printed, line by line. */
export async function run(t: TestContext, { file }: Program): Promise<string> {
  const { mock } = t.mock.method(console, "log", () => {});
  await import(pathToFileURL(file).href);
  return mock.calls.map(({ arguments: words }) => `${words.join(" ")}\n`).join("");
}
