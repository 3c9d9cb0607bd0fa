/** Creates and sends the answers of handlers. */
import type { FastifyReply } from "fastify";
import type { DomainError } from "../domain/errors.ts";
import { Json } from "../domain/json.ts";
import { requestIdHeader } from "../domain/repeats.ts";
import { requestErrorOf } from "../http/errors.ts";
import { watchAnswer } from "../http/load/unreadAnswers.ts";
import { withoutMetadata } from "../odata/metadataLevel.ts";
import type { AnswerForm } from "./answerForm.ts";
import type { Operation } from "./operations.ts";
import { resultHeader } from "./repeatability.ts";

/** The media type of Microsoft Graph's JSON answers, with its parameters. */
function graphJson(metadata: "minimal" | "none"): string {
  return `application/json;odata.metadata=${metadata};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`;
}

const withMetadataType = graphJson("minimal");
const withoutMetadataType = graphJson("none");

/** The run-time form of the type `Answer` in handlerTypes.ts. */
export interface PreparedAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** Creates an answer from its status, its body and its headers. An answer with 204 or 304 has no body. */
export function reply(status: number, ...rest: readonly unknown[]): PreparedAnswer {
  const [body, headers] = status === 204 || status === 304 ? [undefined, rest[0]] : rest;
  return { status, body, headers: Object(headers) };
}

/** Refuses the request. @throws RequestError with the status that belongs to the domain error. */
export function refuse(error: DomainError): never {
  throw requestErrorOf(error, error.target === requestIdHeader ? resultHeader("rejected") : {});
}

interface SendOptions {
  /** Whether the caller asked for JSON without control information. */
  readonly isBare: boolean;
  readonly form: AnswerForm;
}

/** Sends an answer. */
export function sendAnswer(
  sender: FastifyReply,
  { status, body, headers }: PreparedAnswer,
  { textType }: Operation,
  { isBare, form }: SendOptions,
): FastifyReply {
  sender.code(status).header("odata-version", "4.0").headers(headers);
  if (form.withoutHeader !== undefined) sender.removeHeader(form.withoutHeader);
  if (body === undefined) return sender.send();
  if (typeof body === "string") return sender.type(`${textType}; charset=utf-8`).send(body);
  const formed = form.body ? form.body(parsedBody(body)) : body;
  const text = isBare ? JSON.stringify(withoutMetadata(parsedBody(formed))) : jsonText(formed);
  watchAnswer(sender.raw, text.length, sender.request.principal.tenant);
  return sender.type(isBare ? withoutMetadataType : withMetadataType).send(text);
}

function jsonText(body: unknown): string {
  return body instanceof Json ? body.toString() : JSON.stringify(body);
}

function parsedBody(body: unknown): unknown {
  return body instanceof Json ? JSON.parse(body.toString()) : body;
}
