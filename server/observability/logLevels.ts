/** The levels of the log, from the fewest lines to the most; `silent` logs nothing (pino's names). */
export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

export type LogLevel = (typeof logLevels)[number];
