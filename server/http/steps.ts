/** Steps that a request passes before its handler is called. */
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction, onRequestHookHandler } from "fastify";

/** Checks a request. To refuse it, a step throws a RequestError or returns a promise that rejects with one. */
export type Step = (request: FastifyRequest, reply: FastifyReply) => void | Promise<void>;

/** Creates a hook that runs the steps one after the other, and waits only for steps that return a promise. */
export function inOrder(steps: readonly Step[]): onRequestHookHandler {
  const runFrom = (
    first: number,
    request: FastifyRequest,
    reply: FastifyReply,
    done: HookHandlerDoneFunction,
  ): void => {
    for (let index = first; index < steps.length; index++) {
      const waiting = steps[index]?.(request, reply);
      if (waiting) {
        waiting.then(() => runFrom(index + 1, request, reply, done)).catch(done);
        return;
      }
    }
    done();
  };
  return (request, reply, done) => runFrom(0, request, reply, done);
}
