/** The usual combination of Fastify and PostgreSQL: one prepared statement per request, and a pool of 10 connections. */
import Fastify from "fastify";
import pg from "pg";
import { assignmentsPath } from "../fixture.ts";
import { recordedAnswers } from "./answers.ts";
import { setting, untilStopped } from "./lifecycle.ts";
import { addRecordedRoutes } from "./recordedRoutes.ts";

interface PatchBody {
  readonly target: { readonly groupId: string };
}

const pool = new pg.Pool({ connectionString: setting("DATABASE_URL"), max: 10 });
const { patch, ...others } = recordedAnswers();

const app = Fastify();
addRecordedRoutes(app, others);
app.patch<{ Body: PatchBody }>(`/beta${assignmentsPath(":profileId")}`, async ({ body }, reply) => {
  const { rowCount } = await pool.query({
    name: "patch",
    text: "UPDATE plain SET target = $2, version = version + 1 WHERE id = $1 RETURNING *",
    values: [body.target.groupId, JSON.stringify(body.target)],
  });
  if (rowCount !== 1) return reply.code(404).send();
  return reply.code(patch.status).headers(patch.headers).send(patch.body);
});
await app.listen({ port: Number(setting("PORT")), host: "127.0.0.1" });
untilStopped(async () => {
  await app.close();
  await pool.end();
});
