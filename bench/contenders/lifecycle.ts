/** Stops a contender when the benchmark tells it to, and reports its counters. All contenders in this folder use it. */

export interface Counts {
  /** The number of changes of the data in memory. */
  readonly changed?: number;
  /** The number of committed transactions. */
  readonly commits?: number;
  /** The number of requests that these transactions carried out. */
  readonly decisions?: number;
}

export function untilStopped(close: () => unknown, counts: () => Counts = () => ({})): void {
  const stop = async () => {
    await close();
    process.exit();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  // The contender stops when the benchmark process ends.
  process.once("disconnect", stop);
  process.on("message", () => process.send?.(counts()));
}

/** Reads a setting that the benchmark passes to every contender in an environment variable. */
export function setting(name: "PORT" | "DATA_DIR" | "DATABASE_URL" | "ANSWERS" | "FIXTURE"): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The environment variable ${name} is not set. The benchmark sets it.`);
  return value;
}
