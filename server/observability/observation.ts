/** Reports every request after its answer has been passed to the operating system. */
import type { FastifyInstance } from "fastify";

/** A request and its answer. No property contains text from the caller, so every property is safe in logs and metrics. */
export interface ObservedRequest {
  /** The service's own id for the request, as in the response header `request-id`. */
  readonly requestId: string;
  /** The operationId. Undefined: the request matched no operation of a contract. */
  readonly operationId: string | undefined;
  /** The pattern of the matched route, such as `/docs/json`, or `unknown`. So the number of different values is limited. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  /** The time from the arrival of the request's headers to the end of its answer. */
  readonly milliseconds: number;
  /** The token's tenant, if the request had a valid token. */
  readonly tenant: string | undefined;
}

export type Observe = (request: ObservedRequest) => void;

/** Returns one observer that calls all given observers, or undefined if none is given. */
export function combineObservers(...observers: readonly (Observe | undefined)[]): Observe | undefined {
  const present = observers.filter((observe) => observe !== undefined);
  const [first, ...others] = present;
  if (others.length === 0) return first;
  return (request) => {
    for (const observe of present) observe(request);
  };
}

/** Calls `observe` for each request, including the requests within a batch. */
export function observeRequests(app: FastifyInstance, observe: Observe): void {
  app.addHook("onResponse", (request, reply, done) => {
    const { config, url = "unknown" } = request.routeOptions;
    observe({
      requestId: request.id,
      operationId: config.operation?.operationId,
      route: url,
      method: request.method,
      status: reply.statusCode,
      milliseconds: reply.elapsedTime,
      // The principal is missing if the token has not been checked. On routes without a token, its tenant is empty.
      tenant: request.principal?.tenant || undefined,
    });
    done();
  });
}
