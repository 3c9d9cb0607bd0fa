/**
 * Requests whose answers are awaited. `fetch` does not hold the Request that it receives, and the signal of a Request that has
 * been garbage-collected no longer aborts its call: a time limit would be lost (https://github.com/nodejs/undici/issues/3644).
 */
const pending = new Set<Request>();

/** Holds a request until its answer has been used. @param use sends the request, and reads the answer. */
export async function untilAnswered<Result>(
  request: Request,
  use: (request: Request) => Promise<Result>,
): Promise<Result> {
  pending.add(request);
  try {
    return await use(request);
  } finally {
    pending.delete(request);
  }
}
