/** The two ids that every answer carries, in its headers and, if it is an error, in its body. */
import type { FastifyRequest } from "fastify";
import type { Step } from "./steps.ts";

export interface RequestIds {
  readonly "request-id": string;
  readonly "client-request-id": string;
}

/** The service's id of the request, and the caller's own if it can appear in a header and a log, or else the same id again. */
export function requestIds(request: Pick<FastifyRequest, "id" | "headers">): RequestIds {
  const given = request.headers["client-request-id"];
  const isPrintable = typeof given === "string" && /^[!-~]{1,128}$/.test(given);
  return { "request-id": request.id, "client-request-id": isPrintable ? given : request.id };
}

/** Puts the ids into the headers of the answer. */
export const nameRequest: Step = (request, reply) => {
  reply.headers({ ...requestIds(request) });
};
