/** The gateway between the checker and a server, in the checker's own process. */
import { findOperationId } from "../../verify/server/contract.ts";
import type { Target } from "../../verify/server/target.ts";
import type { Answered, Asked, Gateway, Next } from "./mutant.ts";

/** Changes nothing. */
export const passing: Gateway = (asked, next) => next(asked);

/**
 * Sends by way of the gateway.
 *
 * @param faults gets what the gateway throws: the checker would take that for a server that doesn't answer.
 */
export function through(gateway: Gateway, faults: unknown[]): Target["fetch"] {
  return async (request) => {
    const url = new URL(request.url);
    const asked: Asked = {
      operation: findOperationId(request.method, url.pathname),
      method: request.method,
      url,
      headers: Object.fromEntries(request.headers),
      body: parsed(await request.text()),
    };
    try {
      const { status, headers, body } = await gateway(asked, next);
      return new Response(body === undefined ? null : textOf(body), { status, headers });
    } catch (error) {
      faults.push(error);
      throw error;
    }
  };
}

const next: Next = async ({ method, url, headers, body }) => {
  const response = await fetch(url, {
    method,
    headers,
    redirect: "manual",
    ...(body !== undefined && { body: textOf(body) }),
  });
  const answered: Answered = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: parsed(await response.text()),
  };
  // The body may be another one now.
  delete answered.headers["content-length"];
  return answered;
};

function parsed(text: string): Answered["body"] {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function textOf(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}
