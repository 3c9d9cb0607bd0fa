/** Checks that a contender answers correctly, before the rounds start. A fast but wrong answer must not count. */
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
import { type HttpAnswer, sendRequest } from "./http.ts";
import type { Kind } from "./load/job.ts";

export interface CheckedContender {
  readonly contender: Contender;
  readonly fixture: Fixture;
  readonly port: number;
  readonly token: string;
}

/** A round number that no job uses, so that the load never writes the same values as these checks. */
const checkRound = 0xffff;

/**
 * Sends a request of the given kind and checks the answer.
 *
 * @returns the number of sent requests that changed the store.
 * @throws AssertionError if the answer is wrong.
 */
export async function checkAnswer(checked: CheckedContender, kind: Kind): Promise<number> {
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

/** Checks the answer to a GET. The first correct answer to this request marks the end of a start. */
export async function checkGet(checked: CheckedContender): Promise<void> {
  const id = assignmentId(0, 0);
  const body = objectIn(await send(checked, "GET", `${assignmentsPath(profileId(0))}/${id}`), 200);
  if (checked.contender.does !== "mock") assert.equal(body["id"], id);
}

async function checkList(checked: CheckedContender): Promise<void> {
  const body = objectIn(await send(checked, "GET", assignmentsPath(profileId(listProfile(checked.fixture)))), 200);
  if (checked.contender.does === "mock") return;
  assert.ok(Array.isArray(body["value"]), "The list has no property `value`.");
  assert.equal(body["value"].length, listed);
}

async function checkPatch(checked: CheckedContender): Promise<number> {
  const path = assignmentsPath(profileId(0));
  const sent = assignmentBody(groupId(0, 0), filterId(checkRound, 0, 0));
  const body = objectIn(await send(checked, "PATCH", path, sent), 200);
  if (checked.contender.does === "mock") return 1;
  assert.equal(typeof body["id"], "string");
  if (checked.contender.does === "recorded") return 1;

  assert.equal(body["id"], assignmentId(0, 0));
  assert.deepEqual(body["target"], sent.target);
  const read = objectIn(await send(checked, "GET", `${path}/${assignmentId(0, 0)}`), 200);
  assert.deepEqual(read["target"], sent.target);
  await checkRefusals(checked, path);
  return 1;
}

/** Checks that a contender that validates tokens and bodies refuses an invalid token and an invalid body. */
async function checkRefusals(checked: CheckedContender, path: string): Promise<void> {
  const body = assignmentBody(groupId(0, 0), filterId(checkRound, 0, 1));
  const withoutToken = await send({ ...checked, token: "" }, "PATCH", path, body);
  assert.equal(withoutToken.status, 401, "A PATCH without a valid token must be refused.");
  const wrong = { ...body, target: { ...body.target, deviceAndAppManagementAssignmentFilterType: "maybe" } };
  const withWrongBody = await send(checked, "PATCH", path, wrong);
  assert.equal(withWrongBody.status, 400, "A PATCH that the contract does not allow must be refused.");
}

async function checkPost(checked: CheckedContender): Promise<number> {
  const sent = assignmentBody(newGroupId(checkRound, 0, 0), filterId(checkRound, 0, 0));
  const body = objectIn(
    await send(checked, "POST", assignmentsPath(profileId(postProfile(checked.fixture))), sent),
    201,
  );
  assert.equal(typeof body["id"], "string");
  if (checked.contender.does === "checked") assert.deepEqual(body["target"], sent.target);
  return 1;
}

async function checkMove(checked: CheckedContender): Promise<number> {
  const profile = `${collectionPath}/${profileId(1)}`;
  const { status } = await send(checked, "POST", `${profile}/setPriority`, { priority: 700 });
  assert.equal(status, 204);
  if (checked.contender.does !== "checked") return 1;
  assert.equal(objectIn(await send(checked, "GET", profile), 200)["priority"], 700);
  return 1;
}

function send(
  { port, token, contender }: CheckedContender,
  method: string,
  path: string,
  body?: object,
): Promise<HttpAnswer> {
  return sendRequest({
    port,
    method,
    path: `${contender.basePath}${path}`,
    token,
    ...(body !== undefined && { body }),
  });
}

function objectIn({ status, text }: HttpAnswer, expected: number): Record<string, unknown> {
  assert.equal(status, expected, `The status is ${status}, not ${expected}: ${text.slice(0, 300)}`);
  const value: unknown = JSON.parse(text);
  assert.ok(typeof value === "object" && value !== null && !Array.isArray(value), "The answer is not a JSON object.");
  return Object.fromEntries(Object.entries(value));
}
