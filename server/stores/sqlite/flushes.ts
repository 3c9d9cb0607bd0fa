/** Flushes data to disk. Data is durable after a flush of its file that started after the data was written. */
import { closeSync, fdatasync } from "node:fs";
import { StoreUnavailable } from "../../domain/store.ts";

/** A callback that waits until the data written before is on disk. */
export interface FlushWaiter {
  settle(): void;
  fail(error: unknown): void;
}

export interface Flushes {
  /** Whether a flush is running. Data that is written now waits for the next flush. */
  readonly isBusy: boolean;
  /**
   * Calls the waiter's `settle` when all data written until now is on disk. If the data already is, calls it at once.
   */
  afterFlush(waiter: FlushWaiter): void;
  /** Marks the file as changed. It must be called after each write. */
  wrote(): void;
  /** Waits for the running flush and closes the file. */
  close(): Promise<void>;
}

/** The function that makes a file's data durable: `fdatasync` of node:fs, except in tests. */
export type Flush = (descriptor: number, done: (error: Error | null) => void) => void;

/** A database in memory needs no flushes, so all waiters are called immediately. */
export const noFlushes: Flushes = {
  isBusy: false,
  afterFlush: ({ settle }) => settle(),
  wrote: () => {},
  close: async () => {},
};

/** @param descriptor the descriptor of the open file. `close` closes the file. */
export function openFlushes(descriptor: number, flush: Flush = fdatasync): Flushes {
  let isWritten = false;
  let isBusy = false;
  /** The waiters for the running flush. */
  let waitingForRunning: FlushWaiter[] = [];
  /** The waiters for the next flush. */
  let waitingForNext: FlushWaiter[] = [];
  let failure: StoreUnavailable | undefined;
  let close = (): void => {};

  function start(): void {
    isBusy = true;
    isWritten = false;
    waitingForRunning = waitingForNext;
    waitingForNext = [];
    flush(descriptor, (error) => {
      isBusy = false;
      // After an error, a later successful flush proves nothing: the kernel drops the data that it could not write.
      if (error) failure ??= flushFailed(error);
      const waiters = waitingForRunning;
      waitingForRunning = [];
      if (isWritten) start();
      else close();
      for (const waiter of waiters) notify(waiter);
    });
  }

  function notify(waiter: FlushWaiter): void {
    if (failure) waiter.fail(failure);
    else waiter.settle();
  }

  return {
    get isBusy() {
      return isBusy;
    },
    afterFlush(waiter) {
      if (isWritten) waitingForNext.push(waiter);
      else if (isBusy) waitingForRunning.push(waiter);
      else notify(waiter);
    },
    wrote() {
      isWritten = true;
      if (!isBusy) start();
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
    remedy:
      "Check the database's disk. Then restart the service, so that it reads the data that is really on the disk.",
  });
}
