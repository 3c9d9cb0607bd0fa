/** What every contender of our own does beside answering: it stops when told to, and says what it has counted. */

export interface Counts {
  /** Changes of what it holds. */
  readonly changed?: number;
  /** Transactions that were committed, and the decisions that were in them. */
  readonly commits?: number;
  readonly decisions?: number;
}

export function untilStopped(close: () => unknown, counts: () => Counts = () => ({})): void {
  const stop = async () => {
    await close();
    process.exit();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  // The benchmark is gone.
  process.once("disconnect", stop);
  process.on("message", () => process.send?.(counts()));
}

/** A setting that the benchmark gives every contender. */
export function setting(name: "PORT" | "DATA_DIR" | "DATABASE_URL" | "ANSWERS" | "FIXTURE"): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set.`);
  return value;
}
