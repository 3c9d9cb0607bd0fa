/** Sends requests through Prism, which checks the answers against the contract. Correct answers are recorded. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findOperationId } from "../../verify/server/contract.ts";
import { type Mode, outputDir, type Setting } from "./setting.ts";

interface Violation {
  readonly location: readonly string[];
  readonly severity: string;
  readonly message: string;
}

const recordFile = (mode: Mode) => join(outputDir, `coverage-${mode}.txt`);

/**
 * Sends the request through Prism. Asserts that the service itself has answered (an answer of Prism would lack the nonce)
 * and that Prism finds no violation. Warnings count as well, because Prism reports an undeclared status only as a warning.
 *
 * @param record is called for a correct answer with a string such as `listProfiles 200`.
 */
export async function judgedFetch(request: Request, record = (cell: string) => addToRecord(cell)): Promise<Response> {
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

/** Whether the body is absent or JSON. Prism itself answers any other body. */
export async function isJsonOrEmpty(request: Request): Promise<boolean> {
  if (request.body === null) return true;
  const text = await request.clone().text();
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Returns the request with the URL at which the service answers it without Prism. */
export function withoutPrism(request: Request, { judged, direct }: Pick<Setting, "judged" | "direct">): Request {
  return new Request(request.url.replace(judged, direct), request);
}

/** Records a correct answer, such as `listProfiles 200`. */
export function addToRecord(cell: string, mode: Mode = "contract"): void {
  mkdirSync(outputDir, { recursive: true });
  appendFileSync(recordFile(mode), `${cell}\n`);
}

/** The recorded correct answers since the records were cleared, such as `listProfiles 200`. */
export function readRecord(mode: Mode): ReadonlySet<string> {
  const file = recordFile(mode);
  return new Set(existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : []);
}

export function clearRecords(): void {
  for (const mode of ["contract", "strict"] as const) rmSync(recordFile(mode), { force: true });
}
