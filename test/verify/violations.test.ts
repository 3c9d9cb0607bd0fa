/** Tests the checker's messages about violations. mutants.test.ts tests that it finds all mutants. */
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { everything } from "../../verify/playing/selection.ts";
import { formatReproduction } from "../../verify/reports/text.ts";
import { run } from "../../verify/run.ts";
import { check, describeViolations, start } from "./broken.ts";
import { mutants } from "./mutants/all.ts";
import { startCheckedService } from "./service.ts";

const messages: readonly (readonly [cell: string, name: string, says: RegExp])[] = [
  [
    "getProfile 404",
    "the status is 410",
    /410 is not declared\. Declared are 200, 304, 400, 401, 403, 404, 429, 500, 503/,
  ],
  ["createProfile 201", "the body has an undeclared property", /additional properties \("internalId"\)/],
  ["createAssignment 201", "the target's @odata.type has no #", /body\/target/],
  ["getProfile 200", "ETag and @odata.etag differ", /ETag is W\/"0"/],
  ["getProfile 404", "an error has no code", /must have required property 'code'/],
  ["deleteProfile 204", "the profile is not deleted", /was answered 200.*; it must be 404/],
];

describe("the checker", () => {
  for (const [cell, name, says] of messages) {
    test(`explains the violation of ${cell} if ${name}`, async () => {
      const mutant = mutants.find((one) => one.cell === cell && one.name === name);
      assert.ok(mutant);
      const service = await start(mutant);
      try {
        const found = describeViolations(await check(service, mutant, { include: [cell] }));
        assert.ok(
          found.some((one) => one.startsWith(`${cell}: `) && says.test(one)),
          found.join("\n"),
        );
      } finally {
        await service.close();
      }
    });
  }
});

const hasJq = spawnSync("jq", ["--version"]).status === 0;
test("the checker reports a violation with commands that reproduce it", {
  skip: !hasJq && "jq is not installed",
}, async () => {
  const store = openSqliteStore(":memory:");
  const { target, close } = await startCheckedService(store, (answer) => {
    if (answer.method === "GET") answer.body = answer.body.replace("{", '{"colour":"red",');
  });
  try {
    const { violations, verdicts } = await run(target, { selection: { ...everything, include: ["getProfile 200"] } });
    const [violation] = violations;
    assert.ok(violation);
    const script = formatReproduction(violation, verdicts);
    assert.match(script, /^id1=\$\(curl .*[\s\S]*\n {2}--data-raw '.*' \| jq -r \.id\)\ncurl .*"\$id1"/);
    const env = { PATH: process.env["PATH"] ?? "", TOKEN: target.tokens.full ?? "" };
    const { stdout } = await promisify(execFile)("sh", ["-c", script], { env });
    assert.match(stdout, /^HTTP\/1\.1 200 OK[\s\S]*\{"colour":"red",/);
  } finally {
    await close();
    await store.close();
  }
});
