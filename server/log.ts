import { pino } from "pino";

/** The service's log: JSON lines on standard output. */
export const log = pino();
