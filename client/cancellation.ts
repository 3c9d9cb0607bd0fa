/** Promises that reject as soon as the caller's signal is aborted. */

/** Resolves after the given number of milliseconds. @throws the signal's reason as soon as it is aborted. */
export async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const elapsed = () =>
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
  await unlessAborted(elapsed, signal).finally(() => clearTimeout(timer));
}

/** Calls `work` and resolves to its result. @throws the signal's reason as soon as it is aborted. */
export async function unlessAborted<Value>(work: () => Value | Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (!signal) return work();
  signal.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
