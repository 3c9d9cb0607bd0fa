/** The service under attack: a process of its own, so that what kills it doesn't kill the test that tells of it. */
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
  /** The request's target as it is written; by default the profiles'. */
  readonly target?: string;
  /** Lines of their own, after Host, Authorization and, where there is a body, Content-Type and Content-Length. */
  readonly lines?: readonly string[];
  /** Instead of a token of a tenant of its own; null: none. */
  readonly token?: string | null;
  readonly body?: string | Buffer;
}

export interface Target {
  readonly port: number;
  readonly pid: number;
  /** The service's own key, private part included: what an attacker doesn't have, but a forger of tests needs. */
  readonly jwk: JsonWebKey;
  token(options?: TokenOptions): Promise<string>;
  /** One request on a connection of its own, and its one answer. */
  shoot(shot: Shot): Promise<RawAnswer>;
  /** Bytes as they are, over one connection. */
  exchange(...chunks: readonly (string | Buffer)[]): Promise<readonly RawAnswer[]>;
  /** Creates a profile in the token's tenant, with one assignment. */
  seed(token: string): Promise<{ readonly profileId: string; readonly assignmentId: string }>;
}

export const profilesUrl = `/beta${profilesPath}`;

/** Called once at the top of a test file. At its end the service must still run, have logged no fault, and stop well. */
export async function enterTarget(): Promise<Target> {
  const dataDir = temporaryFolder();
  const service = await serve({ DATA_DIR: dataDir, DATABASE_URL: "sqlite::memory:" });
  after(async () => {
    const lives = isRunning(service.pid);
    const code = await service.stop("SIGTERM");
    rmSync(dataDir, { recursive: true });
    assert.ok(lives || process.platform !== "linux", `the service died: ${service.printed()}`);
    assert.equal(code, 0, "the service stops as asked");
    assert.doesNotMatch(service.printed(), /"level":"(?:warn|error|fatal)"/, "the service logged no fault");
  });
  const identity = await storedIdentity(dataDir);
  const port = Number(new URL(service.url).port);
  const shoot = async (shot: Shot): Promise<RawAnswer> => {
    const { token = await identity.issueToken({ tenant: randomUUID() }) } = shot;
    const answers = await exchange(port, requestOf({ ...shot, token }));
    assert.equal(answers.length, 1, `one request has one answer, not ${answers.map(({ status }) => status)}`);
    const [answer] = answers;
    assert.ok(answer);
    return answer;
  };
  const make = async (token: string, target: string, body: unknown): Promise<string> => {
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
      const profileId = await make(token, profilesUrl, { displayName: "A profile" });
      const path = `${profilesUrl}/${profileId}/assignments`;
      return { profileId, assignmentId: await make(token, path, { target: groupTarget("g") }) };
    },
  };
}

/** A request as bytes. */
export function requestOf({ method = "GET", target = profilesUrl, lines = [], token, body }: Shot): Buffer {
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

/** What only the inside of the service could say: stacks, files, modules, SQL, the names of its libraries' errors. */
const inside =
  /^\s+at |\.[jt]s:\d|node:internal|node_modules|SQLITE|\bSELECT\b.*\bFROM\b|FST_|HPE_|\bERR_|JOSE|\bajv\b/m;

/** Asserts a Graph error with that status, by the contract's own schema, which tells nothing of the inside. */
export function assertRefused(answer: RawAnswer, status: number): Schemas["GraphError"]["error"] {
  assert.equal(answer.status, status, answer.text);
  assertGraphError(answer);
  assertTellsNothing(answer);
  assert.match(answer.headers.get("request-id") ?? "", /^[0-9a-f-]{36}$/);
  return Object(answer.body).error;
}

export function assertTellsNothing({ headers, text }: RawAnswer): void {
  const whole = `${[...headers].flat().join("\n")}\n${text}`;
  assert.doesNotMatch(whole, inside);
  assert.ok(!whole.includes(root), whole);
}
