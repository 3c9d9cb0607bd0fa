/** Reports every request, once its answer has been handed to the operating system. */
import type { FastifyInstance } from "fastify";

/** A request and its answer, without any text that the caller wrote, so that logs and metrics can use all of it. */
export interface ObservedRequest {
  /** The service's own id of the request, its header `request-id`. */
  readonly requestId: string;
  /** Undefined if the request matched no operation of a contract. */
  readonly operationId: string | undefined;
  /** The pattern of the matched route, such as `/docs/json`, or `unknown`. There are only as many values as routes. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  /** From the request's headers to the end of its answer. */
  readonly milliseconds: number;
  /** The tenant of the token, if the token was valid. */
  readonly tenant: string | undefined;
}

export type Observe = (request: ObservedRequest) => void;

/** Undefined without observers. */
export function combineObservers(...observers: readonly (Observe | undefined)[]): Observe | undefined {
  const present = observers.filter((observe) => observe !== undefined);
  const [first, ...others] = present;
  if (others.length === 0) return first;
  return (request) => {
    for (const observe of present) observe(request);
  };
}

/** Calls `observe` for each request, also for those within a batch. */
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
      // There is no principal before the token is checked; on routes without a token its tenant is empty.
      tenant: request.principal?.tenant || undefined,
    });
    done();
  });
}
