/** Waiting for the disk: what was written to a file is told only after a flush of the file that began later. */
import { closeSync, fdatasync } from "node:fs";
import { StoreUnavailable } from "../../domain/store.ts";

/** Whoever waits for what was written to be on disk. */
export interface Waiting {
  settle(): void;
  fail(error: unknown): void;
}

export interface Flushes {
  /** Whether the disk is at work: what is written now waits for the flush after this one. */
  readonly isBusy: boolean;
  /** Calls `settle` when all that was written until now is on disk, at once if it is. */
  afterFlush(waiting: Waiting): void;
  /** To be called when something was written. */
  wrote(): void;
  /** Waits for the flush under way. */
  close(): Promise<void>;
}

/** What makes a file's data durable; node:fs's fdatasync but in tests. */
export type Flush = (descriptor: number, done: (error: Error | null) => void) => void;

/** For a store that is gone with the process. */
export const noFlushes: Flushes = {
  isBusy: false,
  afterFlush: ({ settle }) => settle(),
  wrote: () => {},
  close: async () => {},
};

/** @param descriptor of the file; closed in the end. */
export function flushesOf(descriptor: number, flush: Flush = fdatasync): Flushes {
  let isWritten = false;
  let isBusy = false;
  /** Wait for the flush under way. */
  let flushing: Waiting[] = [];
  /** Wait for the flush after it. */
  let waiting: Waiting[] = [];
  let failure: StoreUnavailable | undefined;
  let close = (): void => {};

  function begin(): void {
    isBusy = true;
    isWritten = false;
    flushing = waiting;
    waiting = [];
    flush(descriptor, (error) => {
      isBusy = false;
      // After a failure, a later success would say nothing of what was lost: the kernel drops what it couldn't write.
      if (error) failure ??= flushFailed(error);
      const told = flushing;
      flushing = [];
      if (isWritten) begin();
      else close();
      for (const one of told) tell(one);
    });
  }

  function tell(one: Waiting): void {
    if (failure) one.fail(failure);
    else one.settle();
  }

  return {
    get isBusy() {
      return isBusy;
    },
    afterFlush(one) {
      if (isWritten) waiting.push(one);
      else if (isBusy) flushing.push(one);
      else tell(one);
    },
    wrote() {
      isWritten = true;
      if (!isBusy) begin();
    },
    close: () =>
      new Promise((resolve) => {
        close = () => {
          closeSync(descriptor);
          resolve();
        };
        if (!isBusy) close();
      }),
  };
}

function flushFailed(error: Error): StoreUnavailable {
  return new StoreUnavailable(`A flush of the disk failed: ${error.message}.`, {
    cause: error,
    retryAfter: 1,
    remedy: "Look at the disk of the database; then start the service again, which finds out what is kept.",
  });
}
