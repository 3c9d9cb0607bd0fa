/** The handlers of `$batch` and `$metadata`. */
import type { Handler, Schemas } from "../api/handlerTypes.ts";
import { invalid } from "../domain/errors.ts";
import { type Json, jsonArray, jsonObject, jsonOf } from "../domain/json.ts";
import { answerBatch, type BatchAnswer, batchPlan } from "../odata/batch.ts";
import { metadata } from "./metadata.ts";

export const batch: Handler<"batch"> = async ({ headers, body, repeat, subrequests, reply, refuse }) => {
  const requests = subrequests();
  if (requests === undefined) return refuse(invalid("url", "A batch cannot contain another batch."));
  const plan = batchPlan(body.requests, repeat && { ...headers, "Repeatability-Request-ID": repeat.key });
  if (!plan.ok) return refuse(plan.error);
  const answers = await answerBatch(plan.value, requests);
  return reply(200, jsonObject<Schemas["batchedResponses"]>({ responses: jsonArray(answers.map(batchResponse)) }));
};

export const getMetadata: Handler<"getMetadata"> = async ({ reply }) => reply(200, metadata);

function batchResponse({ id, status, headers, body }: BatchAnswer): Json<Schemas["batchedResponse"]> {
  return jsonObject<Schemas["batchedResponse"]>({
    id: jsonOf(id),
    status: jsonOf(status),
    headers: jsonOf(headers),
    ...(body !== undefined && { body }),
  });
}
