/** Shows the limit of Node: only reads the whole request and sends recorded bytes. */
import { createServer } from "node:http";
import { type RecordedAnswer, recordedAnswers } from "./answers.ts";
import { setting, untilStopped } from "./lifecycle.ts";

const answers = recordedAnswers();
const ready = (answer: RecordedAnswer) => {
  const bytes = Buffer.from(answer.body);
  const length = answer.status === 204 ? {} : { "content-length": bytes.length };
  return { status: answer.status, headers: { ...answer.headers, ...length }, bytes };
};
const [patch, get, list, post, move] = [
  ready(answers.patch),
  ready(answers.get),
  ready(answers.list),
  ready(answers.post),
  ready(answers.setPriority),
];

function answerTo(method = "", url = "") {
  if (method === "PATCH") return patch;
  if (method === "POST") return url.endsWith("/setPriority") ? move : post;
  return url.endsWith("/assignments") ? list : get;
}

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    const { status, headers, bytes } = answerTo(request.method, request.url);
    response.writeHead(status, headers).end(bytes);
  });
});
server.listen(Number(setting("PORT")), "127.0.0.1");
untilStopped(() => server.closeAllConnections());
