/** The contender fastify-openapi-glue, which creates routes, validation and serializers from the contract. */
import { Ajv2020 } from "ajv/dist/2020.js";
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from "fastify";
import openapiGlue from "fastify-openapi-glue";
import { ajvOptions, contractForAjv, tokenChecker } from "./checks.ts";
import { setting, untilStopped } from "./lifecycle.ts";
import { type AssignmentInput, Memory, type Reply } from "./memory.ts";

type Request = FastifyRequest<{ Params: { profileId: string; assignmentId: string }; Body: AssignmentInput }>;

const port = Number(setting("PORT"));
const memory = new Memory(JSON.parse(setting("FIXTURE")), `http://127.0.0.1:${port}/beta`);
const isGood = await tokenChecker();

const send = (reply: FastifyReply, { status, headers, body }: Reply) => reply.code(status).headers(headers).send(body);

const app = Fastify();
// Fastify's own Ajv uses JSON Schema draft 7, coerces bodies and does not support discriminators.
const bodies = new Ajv2020(ajvOptions);
const parameters = new Ajv2020({ ...ajvOptions, coerceTypes: true });
app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === "body" ? bodies : parameters).compile(schema));
// Fastify's error lacks properties that the contract requires, so the compiled serializer would fail and send a 500.
app.setErrorHandler<FastifyError>((error, _request, reply) =>
  reply
    .code(error.statusCode ?? 500)
    .serializer(JSON.stringify)
    .send({ error: { code: error.code, message: error.message } }),
);
app.register(openapiGlue, {
  specification: contractForAjv(),
  prefix: "beta",
  securityHandlers: {
    bearer: async ({ headers }: FastifyRequest, _reply: FastifyReply, scopes: readonly string[]) => {
      if (!(await isGood(headers.authorization, scopes))) throw new Error("The token is not valid for this operation.");
    },
  },
  serviceHandlers: {
    updateAssignments: async ({ params, body }: Request, reply: FastifyReply) =>
      send(reply, memory.update(params.profileId, body)),
    createAssignment: async ({ params, body }: Request, reply: FastifyReply) =>
      send(reply, memory.create(params.profileId, body)),
    getAssignment: async ({ params }: Request, reply: FastifyReply) =>
      send(reply, memory.get(params.profileId, params.assignmentId)),
    listAssignments: async ({ params }: Request, reply: FastifyReply) => send(reply, memory.list(params.profileId)),
  },
});
await app.listen({ port, host: "127.0.0.1" });
untilStopped(
  () => app.close(),
  () => ({ changed: memory.changed }),
);
