/** The judge: every answer that passes here was checked by Prism against the contract, and is entered in the record. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findOperationId } from "../../verify/server/contract.ts";
import { outputDir } from "./setting.ts";

interface Violation {
  readonly location: readonly string[];
  readonly severity: string;
  readonly message: string;
}

const recordFile = join(outputDir, "coverage.txt");

/**
 * Sends the request through Prism and asserts that the answer is the service's own (a mocked one would not know this
 * nonce) and that Prism finds no violation in it, of any severity: it reports an undeclared status only as a warning.
 *
 * @param record is told the (operation, status) that was found right, as `operationId status`.
 */
export async function judgedFetch(request: Request, record = enter): Promise<Response> {
  const nonce = randomUUID();
  const sent = new Request(request, {
    headers: { ...Object.fromEntries(request.headers), "client-request-id": nonce },
  });
  const response = await fetch(sent);
  const { method, url } = request;
  const { status, headers } = response;
  const what = `${method} ${new URL(url).pathname} → ${status}`;
  assert.equal(headers.get("client-request-id"), nonce, `${what} was answered by Prism, not by the service`);
  const violations = responseViolations(headers);
  assert.deepEqual(violations, [], `${what} violates the contract: ${JSON.stringify(violations)}`);
  const operationId = findOperationId(method, new URL(url).pathname);
  assert.ok(operationId, `${what} is no operation of the contract`);
  record(`${operationId} ${status}`);
  return response;
}

/** What Prism has against the answer, as it says in its headers; what it has against the request is often the point of the test. */
export function responseViolations(headers: Headers): Violation[] {
  const violations: Violation[] = JSON.parse(headers.get("sl-violations") ?? "[]");
  return violations.filter(({ location }) => location.includes("response"));
}

function enter(cell: string): void {
  mkdirSync(outputDir, { recursive: true });
  appendFileSync(recordFile, `${cell}\n`);
}

/** The (operation, status) pairs seen and found right since the record was cleared, as `operationId status`. */
export function readRecord(): ReadonlySet<string> {
  return new Set(existsSync(recordFile) ? readFileSync(recordFile, "utf8").trimEnd().split("\n") : []);
}

export function clearRecord(): void {
  rmSync(recordFile, { force: true });
}
