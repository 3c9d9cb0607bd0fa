/** Does the checker bite? Services that break one promise each, and what is said of them. */
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import { openSqliteStore } from "../../server/stores/sqlite.ts";
import { nonsense } from "../../verify/callers.ts";

import { reproductionOf } from "../../verify/reports/text.ts";
import { type Run, run } from "../../verify/run.ts";
import { everything } from "../../verify/selection.ts";

/** An answer on its way out, which a broken service changes. */
interface Outgoing {
  readonly method: string;
  readonly path: string;
  status: number;
  headers: Record<string, string>;
  body: string;
}

type Break = (answer: Outgoing) => void;

/** Checks a service that answers through `spoil`. @param look is called while the service still answers. */
async function checked(
  spoil: Break,
  include: readonly string[],
  look: (result: Run, token: string) => Promise<void> = async () => {},
): Promise<Run> {
  const identity = await ephemeralIdentity();
  const store = openSqliteStore(":memory:");
  const app = buildApp({ store, verifyToken: identity.verifyToken, docs: false });
  app.addHook("onSend", async (request, reply, payload) => {
    const answer: Outgoing = {
      method: request.method,
      path: request.url,
      status: reply.statusCode,
      headers: {},
      body: typeof payload === "string" ? payload : "",
    };
    spoil(answer);
    reply.code(answer.status).headers(answer.headers);
    return answer.body;
  });
  try {
    const baseUrl = `${await app.listen({ host: "127.0.0.1", port: 0 })}/beta`;
    const tenant = randomUUID();
    const tokens = {
      full: await identity.issueToken({ tenant }),
      powerless: await identity.issueToken({ tenant, scopes: ["User.Read.All"] }),
      stranger: await identity.issueToken({ tenant: randomUUID() }),
      nonsense,
    };
    const target = { baseUrl, roots: [baseUrl], tokens, provoke: undefined, timeout: 10_000, fetch };
    const result = await run(target, { selection: { ...everything, include } });
    await look(result, tokens.full);
    return result;
  } finally {
    await app.close();
    await store.close();
  }
}

const entity = /Profiles\/[^/?]+$/;

type Case = readonly [what: string, include: string, spoil: Break, blamed: string, says: RegExp];

const broken: readonly [Case, Case, ...Case[]] = [
  [
    "an undeclared status",
    "getProfile",
    (answer) => {
      if (entity.test(answer.path) && answer.status === 404) answer.status = 410;
    },
    "getProfile 404",
    /410 is not declared; 200, 304, 400, 401, 403, 404, 429, 500, 503 are/,
  ],
  [
    "a member that is in no schema",
    "getProfile",
    (answer) => {
      if (answer.method === "GET" && entity.test(answer.path))
        answer.body = answer.body.replace("{", '{"colour":"red",');
    },
    "getProfile 200",
    /additional properties \("colour"\)/,
  ],
  [
    "a target's type without #",
    "createAssignment 201",
    (answer) => {
      answer.body = answer.body.replace(
        '"#microsoft.graph.groupAssignmentTarget"',
        '"microsoft.graph.groupAssignmentTarget"',
      );
    },
    "createAssignment 201",
    /body\/target/,
  ],
  [
    "an entity tag in the header that is not the body's",
    "updateProfile 200",
    (answer) => {
      if (answer.method === "PATCH" && answer.status === 200) answer.headers["etag"] = 'W/"0"';
    },
    "updateProfile 200",
    /ETag is W\/"0"/,
  ],
  [
    "an error without its code",
    "setPriority 400",
    (answer) => {
      if (answer.status === 400) answer.body = answer.body.replace('"code":"BadRequest",', "");
    },
    "setPriority 400",
    /must have required property 'code'/,
  ],
  [
    "a delete that says it is done and is not",
    "deleteProfile 204",
    (answer) => {
      if (answer.method === "GET" && entity.test(answer.path) && answer.status === 404) {
        answer.status = 200;
      }
    },
    "deleteProfile 204",
    /was answered 200.*; it must be 404/,
  ],
];

describe("the checker", () => {
  for (const [what, include, spoil, blamed, says] of broken) {
    test(`finds ${what}, and blames the operation`, async () => {
      const { violations } = await checked(spoil, [include]);
      const found = violations.filter(({ operation, status }) => `${operation} ${status}` === blamed);
      assert.ok(
        found.some(({ message }) => says.test(message)),
        JSON.stringify(violations.map(({ operation, status, message }) => [operation, status, message])),
      );
    });
  }
  const hasJq = spawnSync("jq", ["--version"]).status === 0;
  test("shows each violation with commands that show it again", { skip: !hasJq && "there is no jq" }, async () => {
    const [, [, include, spoil]] = broken;
    await checked(spoil, [`${include} 200`], async ({ violations, verdicts }, token) => {
      const [violation] = violations;
      assert.ok(violation);
      const script = reproductionOf(violation, verdicts);
      assert.match(script, /^id1=\$\(curl .*[\s\S]*\n {2}--data-raw '.*' \| jq -r \.id\)\ncurl .*"\$id1"/);
      const path = process.env["PATH"] ?? "";
      const { stdout } = await promisify(execFile)("sh", ["-c", script], { env: { PATH: path, TOKEN: token } });
      assert.match(stdout, /^HTTP\/1\.1 200 OK[\s\S]*\{"colour":"red",/);
    });
  });
});
