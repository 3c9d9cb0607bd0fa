/**
 * Runs the programs of docs/migration.md in pairs, one with the Graph client and one with this client. Both compile and print the
 * output that the page shows. Each client has its own tenant. They use TLS, because the Graph client sends tokens only over TLS.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { compileErrorsOf, pageOf, programsOf, run } from "../support/documented.ts";
import { runCli, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
const dataDir = join(folder, "data");
const service = await serve({ DATA_DIR: dataDir }, ["--tls", "--control"]);
after(() => service.stop("SIGTERM"));
// NODE_EXTRA_CA_CERTS would have the same effect, but Node reads it only when a process starts.
const ca = readFileSync(join(dataDir, "tls", "ca.pem"), "utf8");
setDefaultCACertificates([...getCACertificates("default"), ca]);
const { origin } = new URL(service.url);
process.env["ORIGIN"] = origin;

const page = pageOf("migration.md");
/** Imports the clients that the programs of the first pair create. */
const shared = [
  'import { client, profiles } from "./program-0.ts";\nvoid [client, profiles];\n',
  'import { client } from "./program-1.ts";\nvoid client;\n',
];
const programs = programsOf(page, folder, (index) => (index < 2 ? "" : (shared[index % 2] ?? "")));
const before = programs.filter((_, index) => index % 2 === 0);
const become = programs.filter((_, index) => index % 2 === 1);

async function throttleNext(token: string): Promise<void> {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ operation: "listProfiles", status: 429 });
  const { status } = await fetch(`${origin}/_control/failures`, { method: "POST", headers, body });
  assert.equal(status, 204);
}

describe("docs/migration.md", () => {
  test("docs/migration.md has pairs of programs that compile", () => {
    assert.equal(become.length, page.match(/^becomes$/gm)?.length);
    assert.equal(before.length, become.length);
    assert.deepEqual(compileErrorsOf(programs), []);
  });
  for (const [side, sides] of [
    ["the Graph client", before],
    ["this client", become],
  ] as const) {
    test(`docs/migration.md shows the output of the programs with ${side}`, async (t) => {
      const { stdout } = await runCli(["token", "--tenant", randomUUID()], { DATA_DIR: dataDir });
      process.env["TOKEN"] = stdout.trim();
      for (const [index, program] of sides.entries()) {
        if (become[index]?.shown?.startsWith("asked to wait: 429")) await throttleNext(stdout.trim());
        assert.equal(await run(t, program), become[index]?.shown ?? "", program.file);
      }
    });
  }
});
