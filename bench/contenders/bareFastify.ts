/** The limit of Fastify: its router and JSON parser, with recorded bytes as the answer. */
import Fastify from "fastify";
import { recordedAnswers } from "./answers.ts";
import { setting, untilStopped } from "./lifecycle.ts";
import { addRecordedRoutes } from "./recordedRoutes.ts";

const app = Fastify();
addRecordedRoutes(app, recordedAnswers());
await app.listen({ port: Number(setting("PORT")), host: "127.0.0.1" });
untilStopped(() => app.close());
