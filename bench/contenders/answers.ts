/** Reads the answers of this service that were recorded before the run. Contenders without logic send these answers. */
import { readFileSync } from "node:fs";
import { setting } from "./lifecycle.ts";

export interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type RecordedAnswers = Readonly<Record<"patch" | "get" | "list" | "post" | "setPriority", RecordedAnswer>>;

export function recordedAnswers(): RecordedAnswers {
  return JSON.parse(readFileSync(setting("ANSWERS"), "utf8"));
}
