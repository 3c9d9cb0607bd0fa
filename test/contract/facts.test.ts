/**
 * Tests that every fact of the contract is written only once. The test adds four facts to a copy of openapi.yaml, generates code
 * from the copy and compiles the service. For each new fact, either the generated code is sufficient, or the compiler names every
 * file that must be changed. All four facts are compiled together, because a compilation takes many seconds.
 */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { type Document, parseDocument } from "yaml";
import { deriveFiles } from "../../generated/generate.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "contract-"));
after(() => rmSync(folder, { recursive: true }));

const schemas = ["components", "schemas"];
const listPath = "/deviceManagement/appleUserInitiatedEnrollmentProfiles";

/** Adds a property that callers can set to the schemas of answers and requests. */
function addProperty(contract: Document): void {
  for (const name of ["appleUserInitiatedEnrollmentProfile", "selectableProfile", "profileCreate", "profileUpdate"]) {
    contract.setIn([...schemas, name, "properties", "colour"], { type: "string", description: "A colour." });
  }
  contract.addIn([...schemas, "appleUserInitiatedEnrollmentProfile", "required"], "colour");
}

/** Adds an enumeration member after `unknownFutureValue`. Clients that do not opt in see it as `unknownFutureValue`. */
function addEnumMember(contract: Document): void {
  contract.addIn([...schemas, "devicePlatformType", "enum"], "visionOS");
}

function addListOption(contract: Document): void {
  contract.addIn(["paths", listPath, "get", "parameters"], {
    name: "$search",
    in: "query",
    description: "A text to search for.",
    schema: { type: "string" },
  });
}

function addListOperation(contract: Document): void {
  const { post: _post, ...item } = Object(contract.toJS()).paths[listPath];
  contract.setIn(["paths", "/deviceManagement/colours"], { get: { ...item.get, operationId: "listColours" } });
}

/** Returns the generated files as a map from their paths in the repository to their texts. */
async function generateFrom(contract: Document): Promise<ReadonlyMap<string, string>> {
  cpSync(join(root, "server/control/control.yaml"), join(folder, "server/control/control.yaml"));
  writeFileSync(join(folder, "openapi.yaml"), contract.toString());
  const files = await deriveFiles(pathToFileURL(`${folder}/`));
  return new Map(Object.entries(files).map(([name, text]) => [`generated/${name}`, text]));
}

const tableFile = "server/domain/profile/properties.ts";
const firstEntry = "export const comparableProperties = {\n";
const newEntry = '  colour: { path: "colour", source: "caller", type: "string", nullable: false },\n';

/** Returns the table of properties with an entry for the new property. */
function tableWithEntry(): string {
  const table = readFileSync(join(root, tableFile), "utf8");
  assert.ok(table.includes(firstEntry));
  return table.replace(firstEntry, firstEntry + newEntry);
}

/** Compiles the service, the client and the checker. @param replaced the new texts of some files by path. */
function createProgram(replaced: ReadonlyMap<string, string>, previous?: ts.Program): ts.Program {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, readFile } = host;
  host.readFile = (name) => replaced.get(relative(root, name)) ?? readFile.call(host, name);
  host.getSourceFile = (name, ...rest) =>
    (replaced.has(relative(root, name)) ? undefined : previous?.getSourceFile(name)) ??
    getSourceFile.call(host, name, ...rest);
  const entries = [
    "server/cli/cli.ts",
    "server/cli/apple-enrollment-verify.d.ts",
    "server/testing.ts",
    "verify/index.ts",
  ];
  return ts.createProgram(
    entries.map((entry) => join(root, entry)),
    options,
    host,
  );
}

/** Returns the compiler's messages for each file that does not compile. */
function errorsOf(program: ts.Program, files: readonly ts.SourceFile[]): ReadonlyMap<string, string> {
  const errors = new Map<string, string>();
  for (const file of files.filter(({ fileName }) => !fileName.includes("node_modules"))) {
    const messages = program
      .getSemanticDiagnostics(file)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    if (messages.length > 0) errors.set(relative(root, file.fileName), messages.join("\n"));
  }
  return errors;
}

describe("a new fact in openapi.yaml", () => {
  let generated: ReadonlyMap<string, string>;
  /** The errors in the table of properties while it has no entry for the new property. */
  let tableErrors: ReadonlyMap<string, string>;
  /** All errors after the table has the entry. */
  let errors: ReadonlyMap<string, string>;

  before(async () => {
    const contract = parseDocument(readFileSync(join(root, "openapi.yaml"), "utf8"));
    for (const add of [addProperty, addEnumMember, addListOption, addListOperation]) add(contract);
    generated = await generateFrom(contract);
    const program = createProgram(generated);
    const table = program.getSourceFile(join(root, tableFile));
    tableErrors = errorsOf(program, table ? [table] : []);
    const next = createProgram(new Map([...generated, [tableFile, tableWithEntry()]]), program);
    errors = errorsOf(next, next.getSourceFiles());
  });

  /** The files whose errors contain the name of a new fact. */
  function filesNaming(name: string): readonly string[] {
    return [...errors]
      .filter(([, messages]) => messages.includes(name))
      .map(([file]) => file)
      .sort();
  }

  test("a new property needs an entry in the table of properties", () => {
    assert.match(tableErrors.get(tableFile) ?? "", /Property 'colour' is missing/);
  });
  test("a new property in the table then needs code in each file that lists properties", () => {
    assert.deepEqual(filesNaming("'colour'"), [
      // The service must set the new property's initial value here.
      "server/domain/profile/properties.ts",
      "server/graph/entities.ts",
      "server/graph/metadata.ts",
      "server/graph/profileBodies.ts",
      // The property is also missing from control.yaml, from which the seed entries are typed.
      "server/seeding/entries.ts",
      "server/stores/columns.ts",
    ]);
  });
  test("a new member of an enumeration needs no code", () => {
    assert.match(generated.get("generated/enums.ts") ?? "", /devicePlatformType: \[.*"visionOS"\]/);
    assert.deepEqual(filesNaming("visionOS"), []);
  });
  test("a new query option of a list must be handled in next links", () => {
    assert.deepEqual(filesNaming("'$search'"), ["server/odata/listOptions.ts"]);
  });
  test("a new list operation needs a handler and checker scenarios", () => {
    assert.deepEqual(filesNaming("'listColours'"), ["server/graph/handlers.ts", "verify/scenarios/all.ts"]);
  });
  test("a new fact causes no compiler errors in other files", () => {
    const explained = ["'colour'", "'$search'", "'listColours'"].flatMap(filesNaming);
    assert.deepEqual(
      [...errors.keys()].filter((file) => !explained.includes(file)),
      [],
    );
  });
});
