/** Bare Fastify with this service's plugins. It shows how much Swagger UI adds to the start-up time of any service. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import Fastify from "fastify";
import { recordedAnswers } from "./answers.ts";
import { setting, untilStopped } from "./lifecycle.ts";
import { addRecordedRoutes } from "./recordedRoutes.ts";

const path = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));

const app = Fastify();
app.register(swagger, { mode: "static", specification: { path, baseDir: dirname(path) } });
app.register(swaggerUi, { routePrefix: "/docs" });
addRecordedRoutes(app, recordedAnswers());
await app.listen({ port: Number(setting("PORT")), host: "127.0.0.1" });
untilStopped(() => app.close());
