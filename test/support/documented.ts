/** Compiles and runs the programs in a page of docs/. Each is written to a file with other imports, but otherwise unchanged. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Program {
  readonly file: string;
  /** The output that the page shows in the next code block without a language. */
  readonly shown: string | undefined;
}

/**
 * Writes a page's programs into a folder, as `program-0.ts` and so on.
 *
 * @param prelude returns code to insert before a program, such as an import from an earlier program.
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

/** Compiles the programs with the project's settings. @returns the compiler's errors. */
export function compileErrorsOf(programs: readonly Program[]): readonly string[] {
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

/** Runs a program. @returns its output to the console. */
export async function run(t: TestContext, { file }: Program): Promise<string> {
  const { mock } = t.mock.method(console, "log", () => {});
  await import(pathToFileURL(file).href);
  return mock.calls.map(({ arguments: words }) => `${words.join(" ")}\n`).join("");
}
