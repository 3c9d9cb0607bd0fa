/** The life cycle of our own contenders: they stop when the benchmark says so, and report what they have counted. */

export interface Counts {
  /** Changes of the data in memory. */
  readonly changed?: number;
  /** Committed transactions. */
  readonly commits?: number;
  /** Decisions in these transactions. */
  readonly decisions?: number;
}

export function untilStopped(close: () => unknown, counts: () => Counts = () => ({})): void {
  const stop = async () => {
    await close();
    process.exit();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  // The process of the benchmark has ended.
  process.once("disconnect", stop);
  process.on("message", () => process.send?.(counts()));
}

/** Reads a setting that the benchmark gives every contender. */
export function setting(name: "PORT" | "DATA_DIR" | "DATABASE_URL" | "ANSWERS" | "FIXTURE"): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The environment variable ${name} is not set. The benchmark sets it.`);
  return value;
}
