/**
 * The requests of a batch, which the service sends to itself without a network connection. Each one passes every step of an
 * ordinary request (token, rate limit, route, scopes, contract). They are sent with light-my-request instead of Fastify's
 * `inject`, which uses the same library but throws while the service stops: a batch that was admitted must still be answered.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import { Json, jsonOf } from "../domain/json.ts";
import { graphError, RequestError } from "../http/errors.ts";
import { holdMemory, isMemoryUsedUp } from "../http/load/heldMemory.ts";
import { requestIds } from "../http/requestIds.ts";
import type { Subanswer, Subrequests } from "../odata/batch.ts";
import { shedding } from "../shared/limits.ts";

/** The requests that belong to a batch. A batch among them is refused. */
const subrequests = new WeakSet<IncomingMessage>();

/** The request of a batch, and the answer to it. */
export interface BatchExchange {
  readonly request: IncomingMessage;
  readonly answer: ServerResponse;
  readonly tenant: string;
}

/**
 * Returns the functions with which the handler of `$batch` sends requests on behalf of the batch's caller.
 * @param rootPath the path of the service root; the targets of the requests are relative to it. @param listener the service.
 * @returns undefined if the given request is itself part of a batch.
 */
export function subrequestsOf(
  { request: origin, answer: batchAnswer, tenant }: BatchExchange,
  rootPath: string,
  listener: RequestListener,
): Subrequests | undefined {
  if (subrequests.has(origin)) return undefined;
  const { host } = origin.headers;
  const { localAddress, localPort, remoteAddress } = origin.socket;
  const encrypted = origin.socket instanceof TLSSocket;
  const inherited = Object.fromEntries(
    inheritedNames.flatMap((name) => (origin.headers[name] ? [[name, String(origin.headers[name])]] : [])),
  );
  return {
    isStopped: () => batchAnswer.destroyed || isMemoryUsedUp(tenant),
    async send({ method, target, headers, body }) {
      // The library is loaded with the first batch, because most processes never receive a batch.
      const { default: inject } = await import("light-my-request");
      const listen: RequestListener = (request, response) => {
        subrequests.add(request);
        // The URL is set here, because light-my-request would resolve dot segments and so reach another route.
        request.url = `${rootPath}${target}`;
        // light-my-request adds a Host header, but a batch that was sent with HTTP/1.0 may have none.
        if (host === undefined) Reflect.deleteProperty(request.headers, "host");
        request.httpVersion = origin.httpVersion;
        Object.assign(request.socket, { encrypted, localAddress, localPort, remoteAddress });
        listener(request, response);
      };
      const answer = await inject(listen, {
        method,
        url: "/",
        headers: { ...ownHeaders(headers), ...inherited },
        ...(body !== undefined && { payload: body }),
      });
      // The answer stays in memory until the answer to the batch has been sent.
      holdMemory(batchAnswer, tenant, answer.rawPayload.length);
      return { status: answer.statusCode, headers: answerHeaders(answer.headers), body: answerBody(answer) };
    },
    skip({ headers }, status, message) {
      const ids = requestIds({ id: randomUUID(), headers: Object.fromEntries(headers) });
      const details = status === 424 ? [{ target: "dependsOn", message }] : [];
      const error = new RequestError(status, message, { details });
      const shown = {
        "Content-Type": "application/json; charset=utf-8",
        ...(status === 503 && { "Retry-After": String(shedding.retryAfter) }),
        ...ids,
      };
      return { status, headers: shown, body: jsonOf(graphError(error, ids)) };
    },
  };
}

/** The headers that identify the caller and the host. A batched request inherits them from the batch and cannot set them. */
const inheritedNames = ["authorization", "host", "x-forwarded-host", "x-forwarded-proto"] as const;

/** The inherited headers, and the headers that only make sense for a connection. They are ignored in a batched request. */
const ignoredNames =
  /^(authorization|host|x-forwarded-.*|connection|content-length|expect|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;

function ownHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !ignoredNames.test(name)));
}

/**
 * The headers of a batched request's answer that the batch's answer contains, spelled as in Microsoft Graph and the
 * contract.
 */
const shownNames = [
  "Content-Type",
  "OData-Version",
  "OData-EntityId",
  "ETag",
  "Location",
  "Preference-Applied",
  "Repeatability-Result",
  "Allow",
  "Retry-After",
  "WWW-Authenticate",
  "request-id",
  "client-request-id",
];

function answerHeaders(headers: OutgoingHttpHeaders): Record<string, string> {
  const values = shownNames.map((name) => [name, headers[name.toLowerCase()]] as const);
  return Object.fromEntries(values.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}

interface InjectedAnswer {
  readonly headers: OutgoingHttpHeaders;
  readonly rawPayload: Buffer;
}

/** Returns JSON unchanged, text as a string, and any other body in base64url (OData JSON Format 4.01, 19.1). */
function answerBody({ headers, rawPayload }: InjectedAnswer): Subanswer["body"] {
  if (rawPayload.length === 0) return undefined;
  const type = String(headers["content-type"]);
  if (type.startsWith("application/json")) return new Json(rawPayload.toString("utf8"));
  return jsonOf(rawPayload.toString(type.startsWith("text/") ? "utf8" : "base64url"));
}
