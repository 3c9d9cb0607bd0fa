/**
 * The requests of a batch, which the service sends to itself. Each passes every step of an ordinary request (token, rate, route,
 * scopes, contract), but no network. Fastify's own `inject` is made of the same library, light-my-request, but it refuses while
 * the service stops, and a request that was admitted must still be answered then.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders, RequestListener } from "node:http";
import { TLSSocket } from "node:tls";
import { Json, jsonOf } from "../domain/json.ts";
import { graphError, RequestError } from "../http/errors.ts";
import { requestIds } from "../http/requestIds.ts";
import type { Subanswer, Subrequests } from "../odata/batch.ts";

/** The requests that were made here. */
const subrequests = new WeakSet<IncomingMessage>();

/**
 * Sends requests on behalf of another request. Undefined if that request is itself part of a batch.
 * @param rootPath the path of the service root, which the targets are relative to. @param listener the service.
 */
export function subrequestsOf(
  origin: IncomingMessage,
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
    async send({ method, target, headers, body }) {
      // Loaded with the first batch, because most processes never get one.
      const { default: inject } = await import("light-my-request");
      const listen: RequestListener = (request, response) => {
        subrequests.add(request);
        // Set here, because light-my-request would resolve dot segments and so reach another route.
        request.url = `${rootPath}${target}`;
        // light-my-request adds a Host, but a caller that uses HTTP/1.0 may have sent none.
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
      return { status: answer.statusCode, headers: answerHeaders(answer.headers), body: answerBody(answer) };
    },
    skip({ headers }, message) {
      const ids = requestIds({ id: randomUUID(), headers: Object.fromEntries(headers) });
      const error = new RequestError(424, message, { details: [{ target: "dependsOn", message }] });
      const type = { "Content-Type": "application/json; charset=utf-8" };
      return { status: error.status, headers: { ...type, ...ids }, body: jsonOf(graphError(error, ids)) };
    },
  };
}

/** Who calls, and which host the request went to: only the batch itself, or a proxy before the service, may say that. */
const inheritedNames = ["authorization", "host", "x-forwarded-host", "x-forwarded-proto"] as const;

/** Those headers, and the ones that frame a request on a connection: a batched request may set none of them. */
const ignoredNames =
  /^(authorization|host|x-forwarded-.*|connection|content-length|expect|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;

function ownHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !ignoredNames.test(name)));
}

/** The headers that a batch shows of each answer, spelled as in Graph and the contract. */
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

/** JSON unchanged, text as a string, anything else in base64url (OData JSON Format 4.01, 19.1). */
function answerBody({ headers, rawPayload }: InjectedAnswer): Subanswer["body"] {
  if (rawPayload.length === 0) return undefined;
  const type = String(headers["content-type"]);
  if (type.startsWith("application/json")) return new Json(rawPayload.toString("utf8"));
  return jsonOf(rawPayload.toString(type.startsWith("text/") ? "utf8" : "base64url"));
}
