/** The attacked service. It runs in a separate process, so that an attack that kills it does not end the test. */
import assert from "node:assert/strict";
import { type JsonWebKey, randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import type { Schemas } from "../../client/index.ts";
import { storedIdentity, type TokenOptions } from "../../server/auth/development.ts";
import { assertGraphError } from "../support/graphError.ts";
import { isRunning, serve } from "../support/process.ts";
import { temporaryFolder } from "../support/setting.ts";
import { groupTarget, profilesPath } from "../support/tenant.ts";
import { exchange, type RawAnswer } from "./wire.ts";

export interface Shot {
  readonly method?: string;
  /** The request target, which is sent unchanged. By default it is the list of profiles. */
  readonly target?: string;
  /** Additional header lines after Host, Authorization and, with a body, Content-Type and Content-Length. */
  readonly lines?: readonly string[];
  /** The default is a token of a new tenant. Null means no token. */
  readonly token?: string | null;
  readonly body?: string | Buffer;
}

export interface Target {
  readonly port: number;
  readonly pid: number;
  /** The service's key with its private part. Tests sign wrong tokens with it; an attacker would not have it. */
  readonly jwk: JsonWebKey;
  token(options?: TokenOptions): Promise<string>;
  /** Sends a request on a new connection. Asserts that there is one answer. @returns the answer. */
  shoot(shot: Shot): Promise<RawAnswer>;
  /** Sends bytes unchanged on one connection. @returns all answers. */
  exchange(...chunks: readonly (string | Buffer)[]): Promise<readonly RawAnswer[]>;
  /** Creates a profile in the token's tenant, with one assignment. */
  seed(token: string): Promise<{ readonly profileId: string; readonly assignmentId: string }>;
}

export const profilesUrl = `/beta${profilesPath}`;

/**
 * Starts the service. Called once at the top of a test file. After the tests, asserts that the service still runs, has logged
 * no warnings or errors, and stops normally.
 */
export async function enterTarget(): Promise<Target> {
  const dataDir = temporaryFolder();
  const service = await serve({ DATA_DIR: dataDir, DATABASE_URL: "sqlite::memory:" });
  after(async () => {
    const lives = isRunning(service.pid);
    const code = await service.stop("SIGTERM");
    rmSync(dataDir, { recursive: true });
    assert.ok(lives || process.platform !== "linux", `the service has crashed: ${service.printed()}`);
    assert.equal(code, 0, "the service stops normally");
    assert.doesNotMatch(
      service.printed(),
      /"level":"(?:warn|error|fatal)"/,
      "the service has logged no warnings or errors",
    );
  });
  const identity = await storedIdentity(dataDir);
  const port = Number(new URL(service.url).port);
  const shoot = async (shot: Shot): Promise<RawAnswer> => {
    const { token = await identity.issueToken({ tenant: randomUUID() }) } = shot;
    const answers = await exchange(port, toBytes({ ...shot, token }));
    assert.equal(answers.length, 1, `one request gets one answer, not ${answers.map(({ status }) => status)}`);
    const [answer] = answers;
    assert.ok(answer);
    return answer;
  };
  const create = async (token: string, target: string, body: unknown): Promise<string> => {
    const answer = await shoot({ method: "POST", target, token, body: JSON.stringify(body) });
    assert.equal(answer.status, 201, answer.text);
    return Object(answer.body).id;
  };
  return {
    port,
    pid: service.pid,
    jwk: JSON.parse(readFileSync(join(dataDir, "development-key.json"), "utf8")),
    token: (options = { tenant: randomUUID() }) => identity.issueToken(options),
    shoot,
    exchange: (...chunks) => exchange(port, ...chunks),
    seed: async (token) => {
      const profileId = await create(token, profilesUrl, { displayName: "A profile" });
      const path = `${profilesUrl}/${profileId}/assignments`;
      return { profileId, assignmentId: await create(token, path, { target: groupTarget("g") }) };
    },
  };
}

/** Converts a request to the bytes that are sent. */
export function toBytes({ method = "GET", target = profilesUrl, lines = [], token, body }: Shot): Buffer {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const head = [
    `${method} ${target} HTTP/1.1`,
    "Host: localhost",
    ...(token == null ? [] : [`Authorization: Bearer ${token}`]),
    ...(bytes ? ["Content-Type: application/json", `Content-Length: ${bytes.length}`] : []),
    ...lines,
    "Connection: close",
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), ...(bytes ? [bytes] : [])]);
}

const root = new URL("../../", import.meta.url).pathname;

/** Matches internals of the service: stack traces, file and module names, SQL, and the error names of libraries. */
const internals =
  /^\s+at |\.[jt]s:\d|node:internal|node_modules|SQLITE|\bSELECT\b.*\bFROM\b|FST_|HPE_|\bERR_|JOSE|\bajv\b/m;

/** Asserts that an answer is a Graph error with the status, and that it contains no internals. */
export function assertRefused(answer: RawAnswer, status: number): Schemas["GraphError"]["error"] {
  assert.equal(answer.status, status, answer.text);
  assertGraphError(answer);
  assertNoInternals(answer);
  assert.match(answer.headers.get("request-id") ?? "", /^[0-9a-f-]{36}$/);
  return Object(answer.body).error;
}

export function assertNoInternals({ headers, text }: RawAnswer): void {
  const whole = `${[...headers].flat().join("\n")}\n${text}`;
  assert.doesNotMatch(whole, internals);
  assert.ok(!whole.includes(root), whole);
}
