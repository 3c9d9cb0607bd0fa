/** Sends requests through Prism, which checks the answers against the contract. Correct answers are recorded. */
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
 * Sends the request through Prism. Asserts that the service itself has answered (an answer of Prism would lack the nonce)
 * and that Prism finds no violation. Warnings count as well, because Prism reports an undeclared status only as a warning.
 *
 * @param record is called for a correct answer with a string such as `listProfiles 200`.
 */
export async function judgedFetch(request: Request, record = addToRecord): Promise<Response> {
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
  assert.ok(operationId, `${what} is not an operation of the contract`);
  record(`${operationId} ${status}`);
  return response;
}

/** Reads the answer's violations from Prism's header. Tests cause violations in requests on purpose, so these are ignored. */
export function responseViolations(headers: Headers): Violation[] {
  const violations: Violation[] = JSON.parse(headers.get("sl-violations") ?? "[]");
  return violations.filter(({ location }) => location.includes("response"));
}

function addToRecord(cell: string): void {
  mkdirSync(outputDir, { recursive: true });
  appendFileSync(recordFile, `${cell}\n`);
}

/** The recorded correct answers since the record was cleared, such as `listProfiles 200`. */
export function readRecord(): ReadonlySet<string> {
  return new Set(existsSync(recordFile) ? readFileSync(recordFile, "utf8").trimEnd().split("\n") : []);
}

export function clearRecord(): void {
  rmSync(recordFile, { force: true });
}
