/** Sends several requests in one batch. The answers have the same types as those of single calls. */
import { mergeHeaders } from "openapi-fetch";
import { operationRoutes } from "../generated/operations.ts";
import { type AnyAnswer, type AnyInput, answerOf, type Call, relativeUrlOf } from "./calls.ts";
import { type GraphError, noAnswer, unexpectedResponse } from "./errors.ts";
import { receivedOf } from "./light.ts";
import { type OperationsWithBody, operationIds, recordOf } from "./operations.ts";
import type { Answer, Input, OperationId, PlainAnswer, PlainInput, Schemas } from "./types.ts";

/** The operations that a batch can contain. XML answers are not possible in a batch, and nested batches are refused. */
type Batchable = Exclude<OperationId, "batch" | OperationsWithBody<"xml">>;

const isBatchable = (name: OperationId): name is Batchable => name !== "batch" && operationRoutes[name].body !== "xml";

/** A request that was added to a batch. Pass it to `answers.to`, or to `dependsOn` of another request. */
export interface BatchedRequest<A = unknown> {
  /** The request's id in the batch. */
  readonly id: string;
  /** Carries the type that `answers.to` returns for this request. The property is never set. */
  readonly answer?: A;
}

/** Options for adding a request to a batch. */
export interface BatchOptions {
  /** The requests that must succeed first. If one of them fails, this request is not sent, and its answer is 424. */
  readonly dependsOn?: readonly BatchedRequest[];
}

/** The answer to a request that was not executed, because a request in its `dependsOn` failed. */
type FailedDependency = GraphError<424, Schemas["GraphError"]>;

type WithoutSignal<I> = Omit<I, "signal">;

type AddArguments<I> =
  Record<never, never> extends I ? [input?: I, options?: BatchOptions] : [input: I, options?: BatchOptions];

/** One method for each operation. The method adds a call to the batch, but does not send it yet. */
type AddMethods = {
  readonly [Op in keyof typeof operationRoutes as Op & Batchable]: (
    ...input: AddArguments<WithoutSignal<PlainInput<Op>>>
  ) => BatchedRequest<PlainAnswer<Op> | FailedDependency>;
};

type ShapedAddMethods = {
  readonly [Op in keyof typeof operationRoutes as Op & Batchable]: (
    ...input: AddArguments<WithoutSignal<Input<Op>>>
  ) => BatchedRequest<Answer<Op> | FailedDependency>;
};

/** The answers to the requests of a batch that the service has carried out. */
export interface BatchAnswers {
  /** Always true. If the service refused the batch, `send` resolves to a GraphError, whose `ok` is false. */
  readonly ok: true;
  /** The status of the batch response. The answers in it have their own statuses. */
  readonly status: 200;
  /** Returns the answer to a request of this batch. @throws GraphError if the service has sent no answer to it. */
  readonly to: <A>(request: BatchedRequest<A>) => A;
  /** The headers of the batch response. */
  readonly headers: Headers;
  /** The batch response as a `Response`. Its body has already been read. */
  readonly response: Response;
}

/** A batch of up to 20 requests. Add them with the methods, which have the names of the operations, then call `send`. */
export interface Batch extends AddMethods {
  /** The same methods with the options that change the shape of an answer. */
  readonly shaped: ShapedAddMethods;
  /**
   * Sends the requests. `send` resolves to their answers, or to a GraphError if the service refused the whole batch. In
   * that case no request was carried out.
   *
   * A batch is not atomic. It is sent as a POST, and its repeatability id applies to each write in it.
   */
  readonly send: (options?: {
    readonly signal?: AbortSignal;
  }) => Promise<BatchAnswers | Exclude<PlainAnswer<"batch">, { ok: true }>>;
}

/** The contract's limit. A larger batch is not split in two, because one half could fail without the other. */
const maxRequests = 20;

const methodsInCapitals = { get: "GET", post: "POST", patch: "PATCH", delete: "DELETE" } as const;

/** @param common the headers that the client adds to every call. They are also added to each request in the batch. */
export function newBatch(call: Call, common: Readonly<Record<string, string>> = {}): Batch {
  const requests: Schemas["batchedRequest"][] = [];
  const added = new Map<BatchedRequest, Batchable>();
  const add =
    (operationId: Batchable) =>
    (input: AnyInput = {}, { dependsOn = [] }: BatchOptions = {}): BatchedRequest => {
      if (requests.length >= maxRequests) {
        throw noAnswer("InvalidRequest", `A batch must not have more than ${maxRequests} requests.`, {
          target: "requests",
        });
      }
      if (!dependsOn.every((request) => added.has(request))) {
        throw noAnswer("InvalidRequest", "dependsOn must only name requests of the same batch.", {
          target: "dependsOn",
        });
      }
      const id = String(requests.length + 1);
      requests.push(requestOf(id, operationId, input, common, dependsOn));
      const request = { id };
      added.set(request, operationId);
      return request;
    };
  const send = async (options: { readonly signal?: AbortSignal } = {}) => {
    const answer = await call(operationRoutes.batch, { ...options, body: { requests } });
    return answer.ok ? { ...answer, to: (request: BatchedRequest) => answerTo(request, added, answer) } : answer;
  };
  const methods = recordOf(operationIds.filter(isBatchable), add);
  // The cast asserts only the types of inputs and answers, which come from the contract. The method names match the types.
  return { ...methods, shaped: methods, send } as unknown as Batch;
}

function requestOf(
  id: string,
  operationId: Batchable,
  input: AnyInput,
  common: Readonly<Record<string, string>>,
  dependsOn: readonly BatchedRequest[],
): Schemas["batchedRequest"] {
  const route = operationRoutes[operationId];
  const contentType = input.body === undefined ? {} : { "Content-Type": "application/json" };
  return {
    id,
    method: methodsInCapitals[route.method],
    url: relativeUrlOf(route, input),
    headers: Object.fromEntries(mergeHeaders(contentType, common, input.headers)),
    ...(input.body !== undefined && { body: input.body }),
    ...(dependsOn.length > 0 && { dependsOn: dependsOn.map((request) => request.id) }),
  };
}

function answerTo(
  request: BatchedRequest,
  added: ReadonlyMap<BatchedRequest, Batchable>,
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
