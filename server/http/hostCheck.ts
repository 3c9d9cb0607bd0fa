/** Checks the header Host. It must be well-formed, because URLs in answers contain it, and it must name this service. */
import type { FastifyRequest } from "fastify";
import { short } from "../domain/errors.ts";
import { withoutPort } from "../shared/hosts.ts";
import { RequestError } from "./errors.ts";
import { isProbe } from "./probes.ts";
import { isRepeated } from "./rawHeaders.ts";
import type { Step } from "./steps.ts";

const hostAndPort = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/** @throws RequestError 400 if the header is not a host, is sent more than once, or is missing from an HTTP/1.1 request. */
export const checkHost: Step = ({ raw, headers, host }) => {
  if (isRepeated("host", raw.rawHeaders)) throw badHost("The request has more than one Host header.");
  if (headers.host === undefined) {
    if (raw.httpVersion !== "1.1") return;
    throw new RequestError(400, "The request has no Host header, which HTTP/1.1 requires.");
  }
  if (hostAndPort.test(host)) return;
  throw badHost("The Host header must be a host name or an address, optionally with a port.");
};

/**
 * Creates a step that refuses requests for other hosts. A web page whose host name resolves to this machine (DNS rebinding)
 * must neither get tokens nor use them. Browsers always send the header Host, so a request without it is accepted.
 *
 * @param isOwnHost returns whether a host name belongs to this service. Undefined: every host is accepted.
 * @throws RequestError 421
 */
export function checkOwnHost(isOwnHost: ((hostname: string) => boolean) | undefined): Step {
  if (!isOwnHost) return () => {};
  return (request) => {
    const { host } = request.headers;
    if (host === undefined) return;
    if (!isOwnHost(request.hostname)) refuseOtherHost(request, request.hostname);
    // Behind a proxy, Host is checked as well: a web page can set X-Forwarded-Host to any value, but it cannot set Host.
    if (request.host !== host && !isOwnHost(withoutPort(host))) refuseOtherHost(request, withoutPort(host));
  };
}

/** Refuses the request unless it is a probe: a load balancer sends probes to the address, not to the host name. */
function refuseOtherHost({ raw }: FastifyRequest, hostname: string): void {
  if (isProbe(raw.url)) return;
  const message = `This service does not answer to the host ${short(hostname)}. With the development identity it answers only to loopback names and ALLOWED_HOSTS.`;
  throw new RequestError(421, message, { details: [{ target: "Host", message }] });
}

function badHost(message: string): RequestError {
  return new RequestError(400, message, { details: [{ target: "Host", message }] });
}
