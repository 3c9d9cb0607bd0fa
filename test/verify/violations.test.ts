/** What the checker says of a promise that is broken; that it finds them all: mutants.test.ts. */
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";
import { everything } from "../../verify/playing/selection.ts";
import { formatReproduction } from "../../verify/reports/text.ts";
import { run } from "../../verify/run.ts";
import { check, named, start } from "./broken.ts";
import { mutants } from "./mutants/all.ts";
import { checkedService } from "./service.ts";

const said: readonly (readonly [cell: string, name: string, says: RegExp])[] = [
  ["getProfile 404", "it is a 410", /410 is not declared; 200, 304, 400, 401, 403, 404, 429, 500, 503 are/],
  ["createProfile 201", "a member is in no schema", /additional properties \("internalId"\)/],
  ["createAssignment 201", "the target's type has no #", /body\/target/],
  ["getProfile 200", "ETag and @odata.etag are not one", /ETag is W\/"0"/],
  ["getProfile 404", "an error has no code", /must have required property 'code'/],
  ["deleteProfile 204", "nothing is deleted", /was answered 200.*; it must be 404/],
];

describe("the checker", () => {
  for (const [cell, name, says] of said) {
    test(`says what is wrong with ${cell} where ${name}`, async () => {
      const mutant = mutants.find((one) => one.cell === cell && one.name === name);
      assert.ok(mutant);
      const service = await start(mutant);
      try {
        const found = named(await check(service, mutant, { include: [cell] }));
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
test("a violation comes with commands that show it again", { skip: !hasJq && "there is no jq" }, async () => {
  const store = openSqliteStore(":memory:");
  const { target, close } = await checkedService(store, (answer) => {
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
