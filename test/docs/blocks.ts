/** Every fenced block of README.md and docs/, and which test runs it. */
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

/** The fenced blocks of a page; those without a language are what something prints. */
function blocksOf(page: string): readonly Block[] {
  const found = read(page).matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```/gm);
  return [...found].map(([, , language = "", text = ""]) => ({ page, language, text }));
}

export const here = "test/docs/pages.test.ts";
/** What runs a block of a page, by what it contains; or, in a sentence, why nothing does. The first that fits counts. */
export const known: readonly (readonly [page: string, has: string, by: string])[] = [
  ["README.md", "npm ci && npm start", ".ci/run"],
  ["README.md", "npm ci && npm test", ".ci/run"],
  ["README.md", "npm run test:faults", ".ci/run"],
  ["README.md", "npm run demo", ".ci/run"],
  ["README.md", "npm run verify -- http://127.0.0.1:3000/beta\n", ".ci/run"],
  ["README.md", "curl -sS", "test/docs/readme.test.ts"],
  ["README.md", "startService", "test/docs/testing.test.ts"],
  ["README.md", "client.", "test/docs/readme.test.ts"],
  ["docs/client.md", "", "test/client/documented.test.ts"],
  ["docs/clients.md", "openssl req", here],
  ["docs/clients.md", "AzureIdentityAuthenticationProvider", "Not run: needs .NET."],
  [
    "docs/clients.md",
    "Invoke-",
    "Not run: needs PowerShell; what it sends is played by test/clients/conversations.test.ts.",
  ],
  ["docs/clients.md", "", "test/clients/documented.test.ts"],
  ["docs/cookbook.md", "", "test/client/cookbook.test.ts"],
  ["docs/deployment.md", "npm start", here],
  ["docs/deployment.md", "ClientSecretCredential", here],
  ["docs/fidelity.md", "Repeatability-Request-ID", "test/docs/readme.test.ts"],
  ["docs/languages/", "curl -sSO http://127.0.0.1:3000/openapi.yaml", here],
  ["docs/languages/", "", "test/languages/documented.test.ts"],
  ["docs/migration.md", "", "test/clients/migration.test.ts"],
  [
    "docs/operations.md",
    "npm install @opentelemetry",
    "Not run: installs 35 MB; what it starts is test/observability/traces.test.ts's.",
  ],
  ["docs/operations.md", "npx apple-enrollment", here],
  ["docs/operations.md", "docker compose", "Not run: needs Docker; test/cli/container.test.ts reads the files."],
  [
    "docs/packages.md",
    "npm install",
    "Not run as it stands: test/packages installs, serves and asks for a token by other paths.",
  ],
  ["docs/seed.md", "", here],
  ["docs/testing.md", "npm install --save-dev", "Not run: the packages are not on npm yet."],
  ["docs/testing.md", "", "test/docs/testing.test.ts"],
  [
    "docs/verify.md",
    "npm run --silent verify",
    "Not run as it stands, it asks for a git revision: test/cli/drift.test.ts.",
  ],
  ["docs/verify.md", "uses: actions/checkout", "test/verify/documented.test.ts"],
  ["docs/verify.md", "npm ", "test/verify/command.test.ts"],
  ["docs/verify.md", "", "test/verify/documented.test.ts"],
];

export const blocks = pages.flatMap(blocksOf).filter(({ language }) => language !== "");
export const knownBy = ({ page, text }: Block) =>
  known.find(([start, has]) => page.startsWith(start) && text.includes(has));
