import type { FastifyInstance } from "fastify";
import { assignmentsPath, collectionPath } from "../fixture.ts";
import type { RecordedAnswer, RecordedAnswers } from "./answers.ts";

const assignments = `/beta${assignmentsPath(":profileId")}`;

const routes: Readonly<Record<keyof RecordedAnswers, readonly [method: string, url: string]>> = {
  patch: ["PATCH", assignments],
  get: ["GET", `${assignments}/:assignmentId`],
  list: ["GET", assignments],
  post: ["POST", assignments],
  setPriority: ["POST", `/beta${collectionPath}/:profileId/setPriority`],
};

/** Adds a route for each recorded answer, which sends that answer. */
export function addRecordedRoutes(app: FastifyInstance, answers: Partial<RecordedAnswers>): void {
  const add = ([method, url]: readonly [string, string], answer: RecordedAnswer | undefined) => {
    if (answer === undefined) return;
    const { status, headers, body } = answer;
    const sent = status === 204 ? undefined : body;
    app.route({ method, url, handler: (_request, reply) => reply.code(status).headers(headers).send(sent) });
  };
  add(routes.patch, answers.patch);
  add(routes.get, answers.get);
  add(routes.list, answers.list);
  add(routes.post, answers.post);
  add(routes.setPriority, answers.setPriority);
}
