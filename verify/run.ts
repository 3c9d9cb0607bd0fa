/** Plays scenarios one after the other, and cleans up after each. */
import { randomBytes } from "node:crypto";
import { openCoverage } from "./judging/coverage.ts";
import { judge, judgeSchemas } from "./judging/judge.ts";
import type { Generation, Run, Verdict } from "./judging/verdict.ts";
import { perform } from "./playing/perform.ts";
import { allPlays, type Play } from "./playing/play.ts";
import { everything, omissionOf, type Selection } from "./playing/selection.ts";
import { openLedger } from "./server/cleanup.ts";
import type { Target } from "./server/target.ts";

export interface RunOptions {
  readonly selection?: Selection;
  readonly plays?: readonly Play[];
  /** Generated requests after the scenarios; none by default. */
  readonly generation?: Generation;
  /** Stops the run; what it has made is deleted all the same. */
  readonly signal?: AbortSignal;
  /** Told of each verdict as it comes. */
  readonly onVerdict?: (verdict: Verdict, played: number, all: number) => void;
}

/** Plays them and cleans up, whatever happens. It never rejects for what a server does. */
export async function run(target: Target, options: RunOptions = {}): Promise<Run> {
  const { selection = everything, plays = allPlays(), generation, signal, onVerdict = () => {} } = options;
  const prefix = `verify-${randomBytes(4).toString("hex")}-`;
  const ledger = openLedger(target, prefix);
  const { stateless } = selection;
  const judged = stateless ? judgeSchemas : judge;
  const coverage = openCoverage(judged);
  const patience = { seconds: 120 };
  const verdicts: Verdict[] = [];
  const stage = { target, ledger, prefix, signal, patience, stateless, judge: judged };
  try {
    for (const one of plays) {
      if (signal?.aborted) break;
      const omission = omissionOf(one, target, selection);
      const { operation, status, title } = one;
      const verdict = omission
        ? { operation, status, title, ...omission, violations: [], exchanges: [], milliseconds: 0 }
        : await perform(one, stage);
      await ledger.settle();
      // What was stopped in the middle says nothing of the server.
      if (signal?.aborted && !omission) break;
      for (const exchange of verdict.exchanges) coverage.enter(exchange);
      verdicts.push(verdict);
      onVerdict(verdict, verdicts.length, plays.length);
    }
    if (generation && !signal?.aborted) {
      // Whoever asks for none needs neither fast-check nor json-schema-faker.
      const { generated } = await import("./fuzz/generate.ts");
      for await (const verdict of generated(generation, selection, {
        ...stage,
        coverage,
        profile: selection.profile,
      })) {
        if (signal?.aborted) break;
        verdicts.push(verdict);
        onVerdict(verdict, verdicts.length, verdicts.length);
      }
    }
  } finally {
    if (!selection.readOnly) await ledger.sweep();
  }
  return {
    prefix,
    baseUrl: target.baseUrl,
    verdicts,
    violations: verdicts.flatMap(({ violations }) => violations),
    coverage,
    generation,
    left: ledger.left,
    stopped: signal?.aborted ?? false,
  };
}
