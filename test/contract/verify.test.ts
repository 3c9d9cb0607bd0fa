/** Runs the scenarios of the contract checker against this service, directly and through Prism as a second judge. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, describe, test } from "node:test";
import { createClient } from "../../client/index.ts";
import { declaredCells } from "../../verify/judging/coverage.ts";
import { declaredPoints } from "../../verify/judging/requestCoverage.ts";
import type { Run } from "../../verify/judging/verdict.ts";
import { run } from "../../verify/run.ts";
import { createProvoker, nonsense } from "../../verify/server/callers.ts";
import type { Target } from "../../verify/server/target.ts";
import { isJsonOrEmpty, responseViolations, withoutPrism } from "../support/judge.ts";
import { enterSetting } from "../support/setting.ts";

const setting = await enterSetting();
after(() => setting.close());

async function newTarget(baseUrl: string, fetchOne: Target["fetch"]): Promise<{ target: Target; tenant: string }> {
  const tenant = randomUUID();
  const token = (scopes?: string) => setting.identity.issueToken({ tenant, ...(scopes && { scopes: [scopes] }) });
  const full = await token();
  const tokens = {
    full,
    reader: await token("DeviceManagementServiceConfig.Read.All"),
    powerless: await token("User.Read.All"),
    stranger: await setting.identity.issueToken({ tenant: randomUUID() }),
    nonsense,
  };
  const roots = [setting.direct, baseUrl];
  const provoke = createProvoker(setting.direct, full, fetch, 10_000);
  return { target: { baseUrl, roots, tokens, provoke, timeout: 30_000, fetch: fetchOne }, tenant };
}

function assertNoViolation({ violations, coverage, verdicts, left }: Run): void {
  assert.deepEqual(
    violations.map(({ operation, status, scenario, message }) => `${operation} ${status} (${scenario}): ${message}`),
    [],
  );
  assert.deepEqual([...coverage.cells].sort(), declaredCells().sort());
  assert.deepEqual([...new Set(verdicts.map(({ outcome }) => outcome))], ["kept"]);
  assert.deepEqual(left, []);
}

describe("the scenarios", () => {
  test("find no violation in this service, and cover the whole contract", async () => {
    const { target, tenant } = await newTarget(setting.direct, fetch);
    const client = createClient({
      baseUrl: setting.direct,
      token: await setting.identity.issueToken({ tenant }),
      retries: 0,
    });
    for (const displayName of ["before", "and another"]) await client.createProfile({ body: { displayName } });
    const before = await client.listProfiles();
    const result = await run(target);
    assertNoViolation(result);
    const missing = [...declaredPoints()].filter((point) => !result.coverage.points.has(point));
    assert.deepEqual(missing, []);
    const afterwards = await client.listProfiles();
    assert.ok(before.ok && afterwards.ok);
    assert.deepEqual(afterwards.data, before.data, "existing profiles are unchanged");
  });
  test("find no violation through Prism, and Prism finds none", async () => {
    const violations: string[] = [];
    const judged = async (request: Request): Promise<Response> => {
      // Prism itself answers a body that is not JSON.
      if (!(await isJsonOrEmpty(request))) return fetch(withoutPrism(request, setting));
      const response = await fetch(request);
      const found = responseViolations(response.headers);
      if (found.length > 0) violations.push(`${request.method} ${request.url}: ${JSON.stringify(found)}`);
      return response;
    };
    const { target } = await newTarget(setting.judged, judged);
    assertNoViolation(await run(target));
    assert.deepEqual(violations, []);
  });
});
