/** Finds all code blocks in README.md and docs/, and lists which test runs each block. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

export const pages = ["README.md", ...globSync("docs/**/*.md", { cwd: root, exclude: ["docs/api/**"] }).sort()];
export const read = (page: string) => readFileSync(join(root, page), "utf8");

/** Returns a page's code blocks, including those without a language, which show the output of a program. */
function blocksOf(page: string): readonly Block[] {
  const found = read(page).matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```/gm);
  return [...found].map(([, , language = "", text = ""]) => ({ page, language, text }));
}

export const thisRunner = "test/docs/pages.test.ts";
/**
 * Each entry names the file that runs a page's blocks with a certain text, or the reason why they are not run. The first entry
 * that matches a block applies.
 */
export const blockRunners: readonly (readonly [page: string, has: string, by: string])[] = [
  ["README.md", "npm ci && npm start", ".ci/run"],
  ["README.md", "npm ci && npm test", ".ci/run"],
  ["README.md", "npm run test:faults", ".ci/run"],
  ["README.md", "npm run demo", ".ci/run"],
  ["README.md", "npm run verify -- http://127.0.0.1:3000/beta\n", ".ci/run"],
  ["README.md", "curl -sS", "test/docs/readme.test.ts"],
  ["README.md", "startService", "test/docs/testing.test.ts"],
  ["README.md", "client.", "test/docs/readme.test.ts"],
  ["docs/client.md", "", "test/client/documented.test.ts"],
  ["docs/clients.md", "openssl req", thisRunner],
  ["docs/clients.md", "AzureIdentityAuthenticationProvider", "Not run, because it needs .NET."],
  [
    "docs/clients.md",
    "Invoke-",
    "Not run, because it needs PowerShell: test/clients/conversations.test.ts sends the same requests.",
  ],
  ["docs/clients.md", "", "test/clients/documented.test.ts"],
  ["docs/cookbook.md", "", "test/client/cookbook.test.ts"],
  ["docs/deployment.md", "npm start", thisRunner],
  ["docs/deployment.md", "create_distributed_table", "test/stores/statements.test.ts"],
  [
    "docs/deployment.md",
    "npm run test:postgres -- --url",
    "Not run as written, because it needs a server that is already running: CI runs the command without --url.",
  ],
  ["docs/deployment.md", "ClientSecretCredential", thisRunner],
  ["docs/fidelity.md", "Repeatability-Request-ID", "test/docs/readme.test.ts"],
  ["docs/languages/", "curl -sSO http://127.0.0.1:3000/openapi.yaml", thisRunner],
  ["docs/languages/", "", "test/languages/documented.test.ts"],
  ["docs/migration.md", "", "test/clients/migration.test.ts"],
  [
    "docs/operations.md",
    "npm install @opentelemetry",
    "Not run, because it installs 35 MB: test/observability/traces.test.ts tests the traces.",
  ],
  ["docs/operations.md", "npx apple-enrollment", thisRunner],
  [
    "docs/operations.md",
    "docker compose",
    "Not run, because it needs Docker: test/cli/container.test.ts reads the files.",
  ],
  [
    "docs/packages.md",
    "npm install",
    "Not run as written: test/packages installs the packages, starts serve and gets a token, but with other paths.",
  ],
  ["docs/seed.md", "", thisRunner],
  ["docs/testing.md", "npm install --save-dev", "Not run: the packages are not on npm yet."],
  ["docs/testing.md", "", "test/docs/testing.test.ts"],
  [
    "docs/verify.md",
    "npm run --silent verify",
    "Not run as written, because it needs a git revision: test/cli/drift.test.ts tests it.",
  ],
  ["docs/verify.md", "uses: actions/checkout", "test/verify/documented.test.ts"],
  ["docs/verify.md", "npm ", "test/verify/command.test.ts"],
  ["docs/verify.md", "", "test/verify/documented.test.ts"],
];

export const blocks = pages.flatMap(blocksOf).filter(({ language }) => language !== "");
export const runnerOf = ({ page, text }: Block) =>
  blockRunners.find(([start, has]) => page.startsWith(start) && text.includes(has));
