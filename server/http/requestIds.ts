/** The two request ids in the headers of every answer and in the body of every error. */
import type { FastifyRequest } from "fastify";
import type { Step } from "./steps.ts";

export interface RequestIds {
  readonly "request-id": string;
  readonly "client-request-id": string;
}

/**
 * Returns the service's id for the request, and the caller's id. If the caller has sent no id, or one that is unsafe in a
 * header or a log, the service's id takes its place.
 */
export function requestIds(request: Pick<FastifyRequest, "id" | "headers">): RequestIds {
  const given = request.headers["client-request-id"];
  const isPrintable = typeof given === "string" && /^[!-~]{1,128}$/.test(given);
  return { "request-id": request.id, "client-request-id": isPrintable ? given : request.id };
}

/** Sets both ids in the headers of the answer. */
export const setRequestIds: Step = (request, reply) => {
  reply.headers({ ...requestIds(request) });
};
