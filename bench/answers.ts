/** What a right answer is. Checked before the rounds: a fast wrong answer is worth nothing. */
import assert from "node:assert/strict";
import type { Contender } from "./contenders.ts";
import {
  assignmentBody,
  assignmentId,
  assignmentsPath,
  collectionPath,
  type Fixture,
  filterId,
  groupId,
  listed,
  listProfile,
  newGroupId,
  postProfile,
  profileId,
} from "./fixture.ts";
import { type Answer, ask } from "./http.ts";
import type { Kind } from "./load/job.ts";

export interface Checked {
  readonly contender: Contender;
  readonly fixture: Fixture;
  readonly port: number;
  readonly token: string;
}

/** A number of round that no round has: values that are written here are written nowhere else. */
const noRound = 0xffff;

/**
 * Asks for one answer of a kind of load and compares it with what it must be.
 * @returns how many of the requests have changed something.
 * @throws AssertionError
 */
export async function checkAnswer(checked: Checked, kind: Kind): Promise<number> {
  switch (kind) {
    case "get":
      await checkGet(checked);
      return 0;
    case "list":
      await checkList(checked);
      return 0;
    case "patch":
      return checkPatch(checked);
    case "post":
      return checkPost(checked);
    case "setPriority":
      return checkMove(checked);
    case "mix": {
      const changes = [await checkAnswer(checked, "patch"), await checkAnswer(checked, "post")];
      await checkGet(checked);
      await checkList(checked);
      return changes.reduce((sum, count) => sum + count);
    }
  }
}

/** The request of which the first right answer is the end of the start. */
export async function checkGet(checked: Checked): Promise<void> {
  const id = assignmentId(0, 0);
  const body = object(await send(checked, "GET", `${assignmentsPath(profileId(0))}/${id}`), 200);
  if (checked.contender.does !== "mock") assert.equal(body["id"], id);
}

async function checkList(checked: Checked): Promise<void> {
  const body = object(await send(checked, "GET", assignmentsPath(profileId(listProfile(checked.fixture)))), 200);
  if (checked.contender.does === "mock") return;
  assert.ok(Array.isArray(body["value"]), "The list has no value.");
  assert.equal(body["value"].length, listed);
}

async function checkPatch(checked: Checked): Promise<number> {
  const path = assignmentsPath(profileId(0));
  const sent = assignmentBody(groupId(0, 0), filterId(noRound, 0, 0));
  const body = object(await send(checked, "PATCH", path, sent), 200);
  if (checked.contender.does === "mock") return 1;
  assert.equal(typeof body["id"], "string");
  if (checked.contender.does === "recorded") return 1;

  assert.equal(body["id"], assignmentId(0, 0));
  assert.deepEqual(body["target"], sent.target);
  const read = object(await send(checked, "GET", `${path}/${assignmentId(0, 0)}`), 200);
  assert.deepEqual(read["target"], sent.target);
  await checkRefusals(checked, path);
  return 1;
}

/** Checked work means that it is checked. */
async function checkRefusals(checked: Checked, path: string): Promise<void> {
  const body = assignmentBody(groupId(0, 0), filterId(noRound, 0, 1));
  const withoutToken = await send({ ...checked, token: "" }, "PATCH", path, body);
  assert.equal(withoutToken.status, 401, "A PATCH without a good token must be refused.");
  const wrong = { ...body, target: { ...body.target, deviceAndAppManagementAssignmentFilterType: "maybe" } };
  const withWrongBody = await send(checked, "PATCH", path, wrong);
  assert.equal(withWrongBody.status, 400, "A PATCH that the contract does not allow must be refused.");
}

async function checkPost(checked: Checked): Promise<number> {
  const sent = assignmentBody(newGroupId(noRound, 0, 0), filterId(noRound, 0, 0));
  const body = object(await send(checked, "POST", assignmentsPath(profileId(postProfile(checked.fixture))), sent), 201);
  assert.equal(typeof body["id"], "string");
  if (checked.contender.does === "checked") assert.deepEqual(body["target"], sent.target);
  return 1;
}

async function checkMove(checked: Checked): Promise<number> {
  const profile = `${collectionPath}/${profileId(1)}`;
  const { status } = await send(checked, "POST", `${profile}/setPriority`, { priority: 700 });
  assert.equal(status, 204);
  if (checked.contender.does !== "checked") return 1;
  assert.equal(object(await send(checked, "GET", profile), 200)["priority"], 700);
  return 1;
}

function send({ port, token, contender }: Checked, method: string, path: string, body?: object): Promise<Answer> {
  return ask({ port, method, path: `${contender.basePath}${path}`, token, ...(body !== undefined && { body }) });
}

function object({ status, text }: Answer, expected: number): Record<string, unknown> {
  assert.equal(status, expected, `The status is ${status}, not ${expected}: ${text.slice(0, 300)}`);
  const value: unknown = JSON.parse(text);
  assert.ok(typeof value === "object" && value !== null && !Array.isArray(value), "The answer is no JSON object.");
  return Object.fromEntries(Object.entries(value));
}
