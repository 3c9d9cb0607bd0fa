/** Records the answers of this service for the contenders that only send recorded bytes. */
import { writeFileSync } from "node:fs";
import { buildApp } from "../server/app.ts";
import type { DevelopmentIdentity } from "../server/auth/development.ts";
import { openSqliteStore } from "../server/stores/sqlite/sqliteStore.ts";
import type { RecordedAnswer, RecordedAnswers } from "./contenders/answers.ts";
import {
  assignmentBody,
  assignmentId,
  assignmentsPath,
  collectionPath,
  type Fixture,
  filterId,
  groupId,
  listProfile,
  newGroupId,
  postProfile,
  profileId,
} from "./fixture.ts";
import { makeSqliteFile } from "./stores/sqlite.ts";

/** @param file the file to write the answers to. @param database the file for a temporary database. */
export async function recordAnswers(
  file: string,
  database: string,
  fixture: Fixture,
  identity: DevelopmentIdentity,
): Promise<void> {
  await makeSqliteFile(database, fixture);
  const store = openSqliteStore(database);
  const app = buildApp({ store, verifyToken: identity.verifyToken });
  const authorization = `Bearer ${await identity.issueToken()}`;

  async function record(method: "GET" | "PATCH" | "POST", path: string, body?: object): Promise<RecordedAnswer> {
    const { statusCode, headers, payload } = await app.inject({
      method,
      url: `/beta${path}`,
      headers: { host: "127.0.0.1:40000", authorization },
      ...(body !== undefined && { payload: body }),
    });
    if (statusCode >= 300)
      throw new Error(`The answer to ${method} ${path} is ${statusCode} and cannot be recorded: ${payload}`);
    // These three headers are not recorded, because every server writes its own.
    const { date: _date, connection: _connection, "content-length": _length, ...own } = headers;
    const texts = Object.entries(own).map(([name, value]) => [name, String(value)]);
    return { status: statusCode, headers: Object.fromEntries(texts), body: payload };
  }

  const path = assignmentsPath(profileId(0));
  const filter = filterId(1, 0, 0);
  const posted = assignmentsPath(profileId(postProfile(fixture)));
  const answers: RecordedAnswers = {
    patch: await record("PATCH", path, assignmentBody(groupId(0, 0), filter)),
    get: await record("GET", `${path}/${assignmentId(0, 0)}`),
    list: await record("GET", assignmentsPath(profileId(listProfile(fixture)))),
    post: await record("POST", posted, assignmentBody(newGroupId(1, 0, 0), filter)),
    setPriority: await record("POST", `${collectionPath}/${profileId(0)}/setPriority`, { priority: 1 }),
  };
  await app.close();
  await store.close();
  writeFileSync(file, JSON.stringify(answers));
}
