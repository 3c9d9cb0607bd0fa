/**
 * Strict mode: the contract checker accepts the service as one that follows Microsoft Graph, and Prism finds each of its answers
 * correct by the contract of strict mode, which the service itself serves.
 */
import assert from "node:assert/strict";
import { randomInt, randomUUID } from "node:crypto";
import { after, describe, test } from "node:test";
import { readOperations } from "../../contract/document.ts";
import { strictContract } from "../../contract/strict.ts";
import contract from "../../generated/openapi.json" with { type: "json" };
import { declaredCells } from "../../verify/judging/coverage.ts";
import { everything } from "../../verify/playing/selection.ts";
import { textReport } from "../../verify/reports/text.ts";
import { run } from "../../verify/run.ts";
import { createProvoker, nonsense } from "../../verify/server/callers.ts";
import { findOperationId } from "../../verify/server/contract.ts";
import type { Target } from "../../verify/server/target.ts";
import { addToRecord, isJsonOrEmpty, responseViolations, withoutPrism } from "../support/judge.ts";
import { enterSetting, type Setting } from "../support/setting.ts";

const setting = await enterSetting("strict");
after(() => setting.close());

const graph = { ...everything, profile: "graph" } as const;

async function newTarget(baseUrl: string, fetchOne: Target["fetch"], of: Setting = setting): Promise<Target> {
  const tenant = randomUUID();
  const token = (scopes?: string) => of.identity.issueToken({ tenant, ...(scopes && { scopes: [scopes] }) });
  const full = await token();
  return {
    baseUrl,
    roots: [of.direct, baseUrl],
    tokens: {
      full,
      reader: await token("DeviceManagementServiceConfig.Read.All"),
      powerless: await token("User.Read.All"),
      stranger: await of.identity.issueToken({ tenant: randomUUID() }),
      nonsense,
    },
    provoke: createProvoker(of.direct, full, fetch, 10_000),
    timeout: 30_000,
    isOwnTenant: true,
    fetch: fetchOne,
  };
}

const declared: ReadonlySet<string> = new Set(declaredCells(strictContract(contract)));

/** Returns a function that sends requests through Prism and records its verdicts, and the violations that Prism has found. */
function openPrism() {
  const violations: string[] = [];
  const judged = async (request: Request): Promise<Response> => {
    // Prism itself answers a body that is not JSON.
    if (!(await isJsonOrEmpty(request))) return fetch(withoutPrism(request, setting));
    const response = await fetch(request);
    const cell = `${findOperationId(request.method, new URL(request.url).pathname)} ${response.status}`;
    if (!declared.has(cell)) return response;
    const found = responseViolations(response.headers);
    if (found.length > 0) violations.push(`${cell} ${request.url}: ${JSON.stringify(found)}`);
    else addToRecord(cell, "strict");
    return response;
  };
  return { judged, violations };
}

describe("the checker with --profile graph", () => {
  test("finds no violation in strict mode, and Prism finds none by the contract of strict mode", async () => {
    const { judged, violations } = openPrism();
    const result = await run(await newTarget(setting.judged, judged), { selection: graph });
    assert.deepEqual(result.violations, [], textReport(result));
    assert.deepEqual(violations, []);
    const outcomes = new Set(result.verdicts.map(({ outcome }) => outcome));
    assert.deepEqual(outcomes, new Set(["kept", "not chosen", "not provoked"]));
  });
  test("finds no violation in the answers to generated requests in strict mode", async () => {
    const target = await newTarget(setting.direct, fetch);
    const generation = { requests: 320, seed: randomInt(2 ** 31) };
    const result = await run(target, { selection: graph, plays: [], generation });
    assert.deepEqual(result.violations, [], textReport(result));
  });
  test("finds that the collection PATCH is not refused if strict mode is off", async () => {
    const open = await enterSetting();
    after(() => open.close());
    const target = await newTarget(open.direct, fetch, open);
    const { violations } = await run(target, { selection: { ...graph, include: ["updateAssignments"] } });
    assert.match(String(violations[0]?.message), /was answered 200; it must be 400/);
    assert.equal(violations.length, 1);
  });
});

describe("every answer of strict mode", () => {
  test("is correct by the contract of strict mode, also in the scenarios of this contract's decisions", async () => {
    const { judged, violations } = openPrism();
    await run(await newTarget(setting.judged, judged));
    assert.deepEqual(violations, []);
  });
  test("to a body that is too large is correct, too", async () => {
    const { judged, violations } = openPrism();
    const { tokens } = await newTarget(setting.judged, judged);
    const body = JSON.stringify({ displayName: "a".repeat(2 ** 20) });
    const headers = { authorization: `Bearer ${tokens.full}`, "content-type": "application/json" };
    for (const { method, path, bodySchema } of readOperations(strictContract(contract))) {
      if (bodySchema === undefined) continue;
      const url = setting.judged + path.replaceAll(/\{\w+\}/g, "x");
      assert.equal((await judged(new Request(url, { method, headers, body }))).status, 413);
    }
    assert.deepEqual(violations, []);
  });
});
