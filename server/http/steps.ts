/** A step that a request passes before its handler. */
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction, onRequestHookHandler } from "fastify";

/** Lets the request go on, or throws (or rejects with) the RequestError that it is answered with. */
export type Step = (request: FastifyRequest, reply: FastifyReply) => void | Promise<void>;

/** A hook that runs the steps one after the other, and waits only for a step that returns a promise. */
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
