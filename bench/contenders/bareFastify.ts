/** Shows the limit of Fastify: uses only its router and JSON parser, and sends recorded bytes. */
import Fastify from "fastify";
import { recordedAnswers } from "./answers.ts";
import { setting, untilStopped } from "./lifecycle.ts";
import { addRecordedRoutes } from "./recordedRoutes.ts";

const app = Fastify();
addRecordedRoutes(app, recordedAnswers());
await app.listen({ port: Number(setting("PORT")), host: "127.0.0.1" });
untilStopped(() => app.close());
