/** The contender openapi-backend on node:http, as in its README. It routes and validates by the contract. */
import { createServer, type IncomingMessage } from "node:http";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type Context, OpenAPIBackend, type Options } from "openapi-backend";
import { ajvOptions, contractForAjv, tokenChecker } from "./checks.ts";
import { setting, untilStopped } from "./lifecycle.ts";
import { Memory, type Reply } from "./memory.ts";

const port = Number(setting("PORT"));
const memory = new Memory(JSON.parse(setting("FIXTURE")), `http://127.0.0.1:${port}/beta`);
const isGood = await tokenChecker();

const param = ({ request }: Context, name: string) => String(request.params[name]);
const refusal = (status: number) => (): Reply => ({ status, body: { error: {} }, headers: {} });

const options = {
  definition: contractForAjv(),
  apiRoot: "/beta",
  // Quick mode skips the validation of the document, because that validation only supports OpenAPI 3.0.
  quick: true,
  // The default Ajv uses JSON Schema draft 7 and does not support discriminators.
  customizeAjv: () => new Ajv2020(ajvOptions),
  handlers: {
    updateAssignments: (context: Context) => memory.update(param(context, "profileId"), context.request.requestBody),
    createAssignment: (context: Context) => memory.create(param(context, "profileId"), context.request.requestBody),
    getAssignment: (context: Context) => memory.get(param(context, "profileId"), param(context, "assignmentId")),
    listAssignments: (context: Context) => memory.list(param(context, "profileId")),
    unauthorizedHandler: refusal(401),
    validationFail: refusal(400),
    notFound: refusal(404),
    notImplemented: refusal(501),
  },
  securityHandlers: {
    // The framework does not pass the scopes to this handler, so they are read from the operation.
    bearer: async ({ request, operation }: Context) => {
      for (const { bearer = [] } of operation.security ?? []) {
        if (await isGood(request.headers["authorization"], bearer)) return true;
      }
      return false;
    },
  },
} as const;
const api = await new OpenAPIBackend(options as unknown as Options).init();

const server = createServer(async (request, response) => {
  const { method = "", url = "", headers } = request;
  const answer: Reply = await api.handleRequest({
    method,
    path: url,
    headers: Object(headers),
    body: await jsonOf(request),
  });
  const text = JSON.stringify(answer.body);
  response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(text) }).end(text);
});
server.listen(port, "127.0.0.1");
untilStopped(
  () => server.closeAllConnections(),
  () => ({ changed: memory.changed }),
);

async function jsonOf(request: IncomingMessage): Promise<object | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
}
