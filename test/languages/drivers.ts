/**
 * The validators and client generators that are tested. Each generator has the commands that its page in docs/languages shows. A driver's folder has
 * the files that a user would write: the settings, the pinned versions and the program that uses the client.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Driver {
  /** The name of the folder of the driver, which is also its name in the printed table. */
  readonly name: string;
  /** The name of the page in docs/languages that describes the generator. */
  readonly page: string;
  readonly version: string;
  /** The tools that the driver needs in addition to npm. */
  readonly needs?: Needs;
  /** This and the following commands run in a copy of the driver's folder that also contains openapi.yaml. */
  readonly install?: readonly string[];
  readonly generate: string;
  readonly compile: string;
  readonly converse: string;
  readonly note?: string;
}

export interface Needs {
  /** The name of the tool, which is printed if the tool is missing, for example `no go`. */
  readonly command: string;
  /** A shell command that succeeds if the tool is installed. */
  readonly probe: string;
  /** The URL of a small page in the package registry of the tool, to check that the registry can be reached. */
  readonly registry: string;
}

const python: Needs = {
  command: "python3 (3.11 or later, with venv)",
  probe: 'python3 -c "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"',
  registry: "https://pypi.org/simple/openapi-python-client/",
};
const go: Needs = {
  command: "go",
  probe: "go version",
  registry: "https://proxy.golang.org/github.com/oapi-codegen/oapi-codegen/v2/@v/list",
};
const openapiGenerator =
  "https://repo.maven.apache.org/maven2/org/openapitools/openapi-generator-maven-plugin/maven-metadata.xml";
const java: Needs = { command: "javac and mvn", probe: "javac -version && mvn -v", registry: openapiGenerator };
const maven: Needs = { command: "mvn", probe: "mvn -v", registry: openapiGenerator };
const rust: Needs = { command: "cargo and mvn", probe: "cargo --version && mvn -v", registry: openapiGenerator };

/** Returns the version that a file pins, which is the first group of the pattern. */
function pinned(file: string, pattern: RegExp): string {
  const found = pattern.exec(readFileSync(fileURLToPath(new URL(file, import.meta.url)), "utf8"))?.[1];
  if (found === undefined) throw new Error(`The file ${file} contains no version that matches ${pattern}.`);
  return found;
}

/** A validator of OpenAPI documents. Its files are in the folder `validators`. `npm run check` runs a third one, Redocly. */
export interface Validator {
  readonly name: string;
  readonly version: string;
  readonly needs?: Needs;
  /** Runs in a copy of the folder that also contains openapi.yaml. Fails if the validator finds an error; warnings are allowed. */
  readonly validate: string;
}

export const validators: readonly Validator[] = [
  {
    name: "openapi-generator validate",
    version: pinned("validators/pom.xml", /openapi-generator-cli<\/artifactId>\s*<version>(.*)</),
    needs: { ...maven, command: "java and mvn" },
    validate: "mvn -B -q exec:java",
  },
  {
    name: "spectral:oas",
    version: pinned("package.json", /"@stoplight\/spectral-cli": "(.*)"/),
    validate: "spectral lint openapi.yaml --ruleset spectral.yaml",
  },
];

function typescript(name: string, packageName: string, generate: string): Driver {
  const version = pinned("package.json", new RegExp(`"${packageName}": "(.*)"`));
  return { name, page: "typescript", version, generate, compile: "tsc", converse: "node out/conversation.js" };
}

function openapiGeneratorVersion(folder: string): string {
  return pinned(`${folder}/pom.xml`, /openapi-generator-maven-plugin<\/artifactId>\s*<version>(.*)</);
}

export const drivers: readonly Driver[] = [
  typescript("openapi-typescript", "openapi-typescript", "openapi-typescript openapi.yaml -o generated/api.d.ts"),
  typescript("hey-api", "@hey-api/openapi-ts", "openapi-ts -i openapi.yaml -o generated"),
  typescript("orval", "orval", "orval"),
  typescript("oazapfts", "oazapfts", "mkdir -p generated && oazapfts openapi.yaml generated/api.ts"),
  typescript(
    "swagger-typescript-api",
    "swagger-typescript-api",
    "swagger-typescript-api generate -p openapi.yaml -o generated -n api.ts",
  ),
  {
    name: "openapi-python-client",
    page: "python",
    version: pinned("openapi-python-client/requirements.txt", /^openapi-python-client==(.*)$/m),
    needs: python,
    install: ["python3 -m venv ../.venv", "python -m pip install --quiet -r requirements.txt"],
    generate:
      "openapi-python-client generate --path openapi.yaml --config config.yaml --meta none --output-path enrollment",
    compile: "mypy --strict --follow-imports=silent conversation.py",
    converse: "python conversation.py",
    note: "without $metadata, which is XML",
  },
  {
    name: "oapi-codegen",
    page: "go",
    version: pinned("oapi-codegen/go.mod", /oapi-codegen\/v2 v(.*?)( |$)/m),
    needs: go,
    generate: "mkdir -p enrollment && go tool oapi-codegen -config config.yaml openapi.yaml",
    compile: "go vet ./...",
    converse: "go run .",
  },
  {
    name: "ogen",
    page: "go",
    version: pinned("ogen/go.mod", /ogen-go\/ogen v(.*)/),
    needs: go,
    generate: "go tool ogen --target enrollment --package enrollment --clean openapi.yaml",
    compile: "go vet ./...",
    converse: "go run .",
  },
  {
    name: "openapi-generator-java",
    page: "java",
    version: openapiGeneratorVersion("openapi-generator-java"),
    needs: java,
    generate: "mvn -B -q generate-sources",
    compile: "mvn -B -q compile",
    converse: "mvn -B -q exec:java",
    note: "calls its 3.1 support beta",
  },
  {
    name: "openapi-generator-typescript-fetch",
    page: "typescript",
    version: openapiGeneratorVersion("openapi-generator-typescript-fetch"),
    needs: maven,
    generate: "mvn -B -q generate-sources",
    compile: "tsc",
    converse: "node out/conversation.js",
  },
  {
    name: "openapi-generator-rust",
    page: "rust",
    version: openapiGeneratorVersion("openapi-generator-rust"),
    needs: rust,
    generate: `mvn -B -q generate-sources && sed -i.orig 's/serde(tag = "@odata.type")/serde(untagged)/' enrollment/src/models/assignment_target*.rs`,
    compile: "cargo build --quiet --locked",
    converse: "cargo run --quiet --locked",
    note: "needs a correction of targets",
  },
];
