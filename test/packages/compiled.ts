/** What TypeScript says of a fixture, as a strict project sees it: the packages' declarations are checked as well. */
import { join } from "node:path";
import ts from "typescript";
import { root } from "./packed.ts";

export interface Project {
  /** How it finds modules: with a bundler it knows a browser's globals, with `nodenext` those of Node. */
  readonly resolution: "bundler" | "nodenext";
  /** `exactOptionalPropertyTypes`, the one option of strictness that changes what a declaration means. */
  readonly exact: boolean;
}

export const projects: readonly Project[] = [
  { resolution: "bundler", exact: true },
  { resolution: "bundler", exact: false },
  { resolution: "nodenext", exact: true },
  { resolution: "nodenext", exact: false },
];

/** Compiles the typed files of a folder. @returns the faults, none if all is well. */
export function compileErrorsOf(folder: string, { resolution, exact }: Project): readonly string[] {
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
  // A bundler's project has no CommonJS.
  const files = resolution === "bundler" ? ["typed.mts"] : ["typed.mts", "typed.cts"];
  const paths = files.map((file) => join(folder, file));
  const program = ts.createProgram(paths, options);
  // Of what lies in the folder alone: TypeScript's own libraries are TypeScript's, and take seconds.
  const checked = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folder));
  const faults = [
    ...program.getGlobalDiagnostics(),
    ...program.getSyntacticDiagnostics(),
    ...checked.flatMap((file) => program.getSemanticDiagnostics(file)),
  ];
  return faults.map(
    ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
  );
}
