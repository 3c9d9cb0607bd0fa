/**
 * Requests that the service makes of itself: those of a batch. They go the way of any request (token, rate, route, scopes,
 * contract), but for the network. light-my-request is what Fastify's own `inject` is made of; that one refuses while the
 * service stops, when what was let in has still to be answered.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders, RequestListener } from "node:http";
import { TLSSocket } from "node:tls";
import { Json, jsonOf } from "../domain/json.ts";
import { graphError, RequestError } from "../http/errors.ts";
import { requestIds } from "../http/requestIds.ts";
import type { Subanswer, Subrequests } from "../odata/batch.ts";

const ours = new WeakSet<IncomingMessage>();

/**
 * What makes requests in the name of another, its origin, unless that is one of them itself.
 * @param rootPath of the service root, which their targets are below. @param listener the service.
 */
export function subrequestsOf(
  origin: IncomingMessage,
  rootPath: string,
  listener: RequestListener,
): Subrequests | undefined {
  if (ours.has(origin)) return undefined;
  const { host } = origin.headers;
  const { localAddress, localPort, remoteAddress } = origin.socket;
  const encrypted = origin.socket instanceof TLSSocket;
  const own = Object.fromEntries(
    ownNames.flatMap((name) => (origin.headers[name] ? [[name, String(origin.headers[name])]] : [])),
  );
  return {
    async send({ method, target, headers, body }) {
      // Loaded with the first batch: most starts can do without.
      const { default: inject } = await import("light-my-request");
      const listen: RequestListener = (request, response) => {
        ours.add(request);
        // As it is: light-my-request would resolve dot segments, and so name another route.
        request.url = `${rootPath}${target}`;
        // It would also make up a Host where the caller, by HTTP/1.0, sent none.
        if (host === undefined) Reflect.deleteProperty(request.headers, "host");
        request.httpVersion = origin.httpVersion;
        Object.assign(request.socket, { encrypted, localAddress, localPort, remoteAddress });
        listener(request, response);
      };
      const answer = await inject(listen, {
        method,
        url: "/",
        headers: { ...passedOn(headers), ...own },
        ...(body !== undefined && { payload: body }),
      });
      return { status: answer.statusCode, headers: shown(answer.headers), body: bodyOf(answer) };
    },
    skip({ headers }, message) {
      const ids = requestIds({ id: randomUUID(), headers: Object.fromEntries(headers) });
      const error = new RequestError(424, message, { details: [{ target: "dependsOn", message }] });
      const type = { "Content-Type": "application/json; charset=utf-8" };
      return { status: error.status, headers: { ...type, ...ids }, body: jsonOf(graphError(error, ids)) };
    },
  };
}

/** Whose request it is and where it went: the origin's to say, or a proxy's before it. */
const ownNames = ["authorization", "host", "x-forwarded-host", "x-forwarded-proto"] as const;

/** Those, and what frames a request on a connection, which is nobody's to say. */
const notPassedOn =
  /^(authorization|host|x-forwarded-.*|connection|content-length|expect|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;

function passedOn(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !notPassedOn.test(name)));
}

/** The headers of an answer that say something of it, by the names that Graph and the contract have for them. */
const names = [
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

function shown(headers: OutgoingHttpHeaders): Record<string, string> {
  const given = names.map((name) => [name, headers[name.toLowerCase()]] as const);
  return Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}

interface Sent {
  readonly headers: OutgoingHttpHeaders;
  readonly rawPayload: Buffer;
}

/** JSON as it is, a text as a string, anything else in base64url (OData JSON Format 4.01, 19.1). */
function bodyOf({ headers, rawPayload }: Sent): Subanswer["body"] {
  if (rawPayload.length === 0) return undefined;
  const type = String(headers["content-type"]);
  if (type.startsWith("application/json")) return new Json(rawPayload.toString("utf8"));
  return jsonOf(rawPayload.toString(type.startsWith("text/") ? "utf8" : "base64url"));
}
