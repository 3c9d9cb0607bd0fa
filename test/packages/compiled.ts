/** Compiles a fixture like a strict TypeScript project that also checks the declarations of packages (`skipLibCheck: false`). */
import { join } from "node:path";
import ts from "typescript";
import { root } from "./packed.ts";

export interface Project {
  /** `moduleResolution`. With `bundler` the project has the globals of a browser, with `nodenext` those of Node. */
  readonly resolution: "bundler" | "nodenext";
  /** `exactOptionalPropertyTypes`, the only strictness option that changes the meaning of a declaration. */
  readonly exact: boolean;
}

export const projects: readonly Project[] = [
  { resolution: "bundler", exact: true },
  { resolution: "bundler", exact: false },
  { resolution: "nodenext", exact: true },
  { resolution: "nodenext", exact: false },
];

/** Compiles the files `typed.mts` and `typed.cts` of a folder. @returns the compiler errors. */
export function compilerErrors(folder: string, { resolution, exact }: Project): readonly string[] {
  const options = {
    strict: true,
    exactOptionalPropertyTypes: exact,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    ...(resolution === "bundler"
      ? {
          module: ts.ModuleKind.ESNext,
          moduleResolution: ts.ModuleResolutionKind.Bundler,
          lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
          types: [],
        }
      : {
          module: ts.ModuleKind.NodeNext,
          moduleResolution: ts.ModuleResolutionKind.NodeNext,
          types: ["node"],
          typeRoots: [join(root, "node_modules/@types")],
        }),
  };
  // A project that uses a bundler contains no CommonJS files.
  const files = resolution === "bundler" ? ["typed.mts"] : ["typed.mts", "typed.cts"];
  const paths = files.map((file) => join(folder, file));
  const program = ts.createProgram(paths, options);
  // The libraries of TypeScript itself are not checked, because this would take seconds.
  const checked = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folder));
  const errors = [
    ...program.getGlobalDiagnostics(),
    ...program.getSyntacticDiagnostics(),
    ...checked.flatMap((file) => program.getSemanticDiagnostics(file)),
  ];
  return errors.map(
    ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
  );
}
