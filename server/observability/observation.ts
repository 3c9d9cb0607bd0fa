/** Telling what the service answered: once for each request, when its answer has been handed to the system. */
import type { FastifyInstance } from "fastify";

/** A request and its answer, as far as a log or a metric may know them: nothing of it is the caller's own text. */
export interface SeenRequest {
  /** The service's own id of it. */
  readonly requestId: string;
  /** Undefined: it met no operation of a contract. */
  readonly operationId: string | undefined;
  /** The pattern of the route it met, such as `/docs/static/*`; `unknown`: none. There are as many as routes. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  /** From its headers to the end of its answer. */
  readonly milliseconds: number;
  /** Of its token, if that was good. */
  readonly tenant: string | undefined;
}

export type Observe = (seen: SeenRequest) => void;

/** Undefined if there is nobody to tell. */
export function tellAll(...observers: readonly (Observe | undefined)[]): Observe | undefined {
  const present = observers.filter((observe) => observe !== undefined);
  const [first, ...others] = present;
  if (others.length === 0) return first;
  return (seen) => {
    for (const observe of present) observe(seen);
  };
}

/** Tells `observe` of each request, those of a batch among them. It costs two listeners and a clock per request. */
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
      // None before the token was looked at, and an empty one where none is asked for.
      tenant: request.principal?.tenant || undefined,
    });
    done();
  });
}
