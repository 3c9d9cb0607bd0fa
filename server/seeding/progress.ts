/**
 * A bar that shows how far a long load has come, and only on a terminal. Our own twenty lines: of what is kept on npm,
 * cli-progress has had no release for years, and the others come with prompts.
 */
import { styleText } from "node:util";
import type { Progress } from "./tenant.ts";

/** Milliseconds between two pictures; what is done sooner shows none. */
const pause = 100;

const width = 30;

export interface Bar {
  readonly progress: Progress;
  /** Takes the bar away. */
  clear(): void;
}

/** @param label what is going on, such as `Loading`. */
export function openBar(label: string, stream: NodeJS.WriteStream = process.stderr): Bar {
  if (!stream.isTTY) return { progress: () => {}, clear: () => {} };
  let last = performance.now();
  let shown = false;
  return {
    progress(done, of) {
      const now = performance.now();
      if (now - last < pause) return;
      last = now;
      shown = true;
      const filled = Math.round((width * done) / of);
      const bar = styleText("green", "█".repeat(filled), { stream }) + "░".repeat(width - filled);
      stream.write(`\r${label} ${bar} ${done} of ${of} profiles`);
    },
    clear() {
      if (shown) stream.write("\r\x1b[K");
    },
  };
}
