/** A gateway between the checker and a server. It runs in the checker's process and can change requests and answers. */
import { findOperationId } from "../../verify/server/contract.ts";
import type { Target } from "../../verify/server/target.ts";
import type { Gateway, GatewayAnswer, GatewayRequest, Next } from "./mutant.ts";

/** A gateway that forwards requests and answers unchanged. */
export const passThrough: Gateway = (asked, next) => next(asked);

/**
 * Sends requests through the gateway.
 *
 * @param errors collects errors thrown by the gateway, which the checker would mistake for a server that does not answer.
 */
export function sendThrough(gateway: Gateway, errors: unknown[]): Target["fetch"] {
  return async (request) => {
    const url = new URL(request.url);
    const asked: GatewayRequest = {
      operation: findOperationId(request.method, url.pathname),
      method: request.method,
      url,
      headers: Object.fromEntries(request.headers),
      body: parseBody(await request.text()),
    };
    try {
      const { status, headers, body } = await gateway(asked, next);
      return new Response(body === undefined ? null : toText(body), { status, headers });
    } catch (error) {
      errors.push(error);
      throw error;
    }
  };
}

const next: Next = async ({ method, url, headers, body }) => {
  const response = await fetch(url, {
    method,
    headers,
    redirect: "manual",
    ...(body !== undefined && { body: toText(body) }),
  });
  const answered: GatewayAnswer = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: parseBody(await response.text()),
  };
  // The gateway may change the length of the body.
  delete answered.headers["content-length"];
  return answered;
};

function parseBody(text: string): GatewayAnswer["body"] {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function toText(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}
