/**
 * A progress bar, shown only on a terminal. It does not use a package from npm, because cli-progress is no longer
 * maintained and the other packages also contain prompts.
 */
import { styleText } from "node:util";
import type { Progress } from "./tenant.ts";

/** Milliseconds between two updates. A run that ends sooner shows no bar. */
const interval = 100;

const width = 30;

export interface ProgressBar {
  readonly progress: Progress;
  /** Removes the bar. */
  clear(): void;
}

/** @param label the text before the bar, such as `Loading`. */
export function openProgressBar(label: string, stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  if (!stream.isTTY) return { progress: () => {}, clear: () => {} };
  let last = performance.now();
  let isShown = false;
  return {
    progress(done, of) {
      const now = performance.now();
      if (now - last < interval) return;
      last = now;
      isShown = true;
      const filled = Math.round((width * done) / of);
      const bar = styleText("green", "█".repeat(filled), { stream }) + "░".repeat(width - filled);
      stream.write(`\r${label} ${bar} ${done} of ${of} profiles`);
    },
    clear() {
      if (isShown) stream.write("\r\x1b[K");
    },
  };
}
