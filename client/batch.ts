/** Requests that are sent together, typed as if each were called by itself. */
import { mergeHeaders } from "openapi-fetch";
import { operationRoutes } from "../generated/operations.ts";
import {
  type AnyAnswer,
  type AnyInput,
  answerOf,
  type Call,
  methodsInCapitals,
  perOperation,
  targetOf,
} from "./calls.ts";
import { type GraphError, noAnswer, unexpectedResponse } from "./errors.ts";
import { receivedOf } from "./light.ts";
import type { Answer, Input, OperationId, PlainAnswer, PlainInput, Schemas } from "./types.ts";

/** What may stand in a batch: not a batch, and not the metadata, which is no JSON. */
type Batchable = Exclude<OperationId, "batch" | "getMetadata">;

/** The request of a batch, by which its answer is asked for, and which others can wait for. */
export interface BatchedRequest<A = unknown> {
  /** As it stands in the batch. */
  readonly id: string;
  /** Only for the types: what `answers.to` gives for it. */
  readonly answer?: A;
}

/** What a request of a batch is added with. */
export interface BatchOptions {
  /** Those that have to succeed first; if one fails, this one is not sent and answers 424. */
  readonly dependsOn?: readonly BatchedRequest[];
}

/** A request that waits for others may not be sent. */
type Skipped = GraphError<424, Schemas["GraphError"]>;

type OwnInput<I> = Omit<I, "signal">;

type Given<I> =
  Record<never, never> extends I ? [input?: I, options?: BatchOptions] : [input: I, options?: BatchOptions];

/** Adds the call of an operation to the batch. Nothing is sent yet. */
type Adding = {
  readonly [Op in keyof typeof operationRoutes as Op & Batchable]: (
    ...input: Given<OwnInput<PlainInput<Op>>>
  ) => BatchedRequest<PlainAnswer<Op> | Skipped>;
};

type ShapedAdding = {
  readonly [Op in keyof typeof operationRoutes as Op & Batchable]: (
    ...input: Given<OwnInput<Input<Op>>>
  ) => BatchedRequest<Answer<Op> | Skipped>;
};

/** The answers of a batch that was one. */
export interface BatchAnswers {
  /** False where the batch as a whole was refused. */
  readonly ok: true;
  /** The batch's own. */
  readonly status: 200;
  /** The answer to a request of this batch. @throws GraphError if there is none. */
  readonly to: <A>(request: BatchedRequest<A>) => A;
  /** The batch's own. */
  readonly headers: Headers;
  /** What fetch resolved to; its body is already read. */
  readonly response: Response;
}

/** Up to 20 requests in one; add them by their operations' names, then `send`. */
export interface Batch extends Adding {
  /** The same with the options that change the shape of an answer. */
  readonly shaped: ShapedAdding;
  /**
   * Sends them. It is answered with the answers, or with a GraphError if the batch as a whole was refused: then none was
   * sent. A batch is not atomic, and a POST: its id stands for one of each of its writes.
   */
  readonly send: (options?: {
    readonly signal?: AbortSignal;
  }) => Promise<BatchAnswers | Exclude<PlainAnswer<"batch">, { ok: true }>>;
}

/** The contract's: a batch of more is refused, and not split, for its parts could fail apart and wait for none other. */
const most = 20;

/** @param common headers sent with each request, as the client sends them with a call by itself. */
export function newBatch(call: Call, common: Readonly<Record<string, string>> = {}): Batch {
  const requests: Schemas["batchRequest"][] = [];
  const added = new Map<BatchedRequest, OperationId>();
  const add =
    (operationId: OperationId) =>
    (input: AnyInput = {}, { dependsOn = [] }: BatchOptions = {}): BatchedRequest => {
      if (requests.length >= most) {
        throw noAnswer("InvalidRequest", `A batch has at most ${most} requests.`, { target: "requests" });
      }
      const route = operationRoutes[operationId];
      if (!dependsOn.every((request) => added.has(request))) {
        throw noAnswer("InvalidRequest", "dependsOn names a request of another batch.", { target: "dependsOn" });
      }
      const id = String(requests.length + 1);
      const contentType = input.body === undefined ? {} : { "Content-Type": "application/json" };
      requests.push({
        id,
        method: methodsInCapitals[route.method],
        url: targetOf(route, input),
        headers: Object.fromEntries(mergeHeaders(contentType, common, input.headers)),
        ...(input.body !== undefined && { body: input.body }),
        ...(dependsOn.length > 0 && { dependsOn: dependsOn.map((request) => request.id) }),
      });
      const request = { id };
      added.set(request, operationId);
      return request;
    };
  const send = async (options: { readonly signal?: AbortSignal } = {}) => {
    const answer = await call(operationRoutes.batch, { ...options, body: { requests } });
    return answer.ok ? { ...answer, to: (request: BatchedRequest) => answerTo(request, added, answer) } : answer;
  };
  const adding = perOperation(add);
  // By name as the methods are: no type relates them one by one.
  return { ...adding, shaped: adding, send } as unknown as Batch;
}

function answerTo(
  request: BatchedRequest,
  added: ReadonlyMap<BatchedRequest, OperationId>,
  { data, response: whole }: Extract<AnyAnswer, { ok: true }>,
): AnyAnswer {
  const { responses } = Object(data) as Partial<Schemas["batchedResponses"]>;
  const operationId = added.get(request);
  const found = operationId && responses?.find(({ id }) => id === request.id);
  if (!found) throw unexpectedResponse(whole, data, `an answer to request ${request.id} of this batch`);
  const { status, headers, body } = found;
  const response = new Response(null, { status, headers });
  return answerOf(
    operationRoutes[operationId],
    receivedOf(response),
    response.ok && typeof body !== "string" ? JSON.stringify(body) : body,
  );
}
