/** Plays scenarios one after the other, and deletes the profiles that each of them created. */
import { randomBytes } from "node:crypto";
import { openCoverage } from "./judging/coverage.ts";
import { type Judge, judge, judgeLeniently, judgeSchemas } from "./judging/judge.ts";
import type { Generation, Run, Verdict } from "./judging/verdict.ts";
import { perform, type RunContext } from "./playing/perform.ts";
import { allPlays, type Play } from "./playing/play.ts";
import { everything, findOmission, type Selection } from "./playing/selection.ts";
import { openCleanupList } from "./server/cleanup.ts";
import type { Target } from "./server/target.ts";

export interface RunOptions {
  readonly selection?: Selection;
  readonly plays?: readonly Play[];
  /** The options for generated requests, which are sent after the scenarios. */
  readonly generation?: Generation;
  /** Stops the run. The profiles that the run created are still deleted. */
  readonly signal?: AbortSignal;
  /** Called after each scenario. @param played the number of scenarios so far. @param all the total number of scenarios. */
  readonly onVerdict?: (verdict: Verdict, played: number, all: number) => void;
}

/** Plays the scenarios and cleans up, even after an error. The promise never rejects because of one of the server's answers. */
export async function run(target: Target, options: RunOptions = {}): Promise<Run> {
  const {
    selection = everything,
    plays = allPlays(selection.profile),
    generation,
    signal,
    onVerdict = () => {},
  } = options;
  const prefix = `verify-${randomBytes(4).toString("hex")}-`;
  const cleanup = openCleanupList(target, prefix);
  const { stateless, profile } = selection;
  const judgeExchange = judgeFor(selection);
  const coverage = openCoverage(judgeExchange);
  const retryBudget = { seconds: 120 };
  const verdicts: Verdict[] = [];
  const context = {
    target,
    cleanup,
    prefix,
    signal,
    retryBudget,
    stateless,
    isLenient: profile === "graph",
    judge: judgeExchange,
  };
  try {
    for await (const verdict of playScenarios(plays, selection, context)) {
      for (const exchange of verdict.exchanges) coverage.record(exchange);
      verdicts.push(verdict);
      onVerdict(verdict, verdicts.length, plays.length);
    }
    if (generation && !signal?.aborted) {
      // A dynamic import, so that a run without generated requests loads neither fast-check nor json-schema-faker.
      const { playGenerated } = await import("./fuzz/generate.ts");
      for await (const verdict of playGenerated(generation, selection, {
        ...context,
        coverage,
        profile: selection.profile,
      })) {
        if (signal?.aborted) break;
        verdicts.push(verdict);
        onVerdict(verdict, verdicts.length, verdicts.length);
      }
    }
  } finally {
    if (!selection.readOnly) await cleanup.deleteByPrefix();
  }
  return {
    prefix,
    baseUrl: target.baseUrl,
    verdicts,
    violations: verdicts.flatMap(({ violations }) => violations),
    coverage,
    generation,
    left: cleanup.left,
    stopped: signal?.aborted ?? false,
  };
}

function judgeFor({ stateless, profile }: Selection): Judge {
  if (stateless) return judgeSchemas;
  return profile === "graph" ? judgeLeniently : judge;
}

/** Plays one scenario after the other, and cleans up after each. If the run is stopped, no further verdict is yielded. */
async function* playScenarios(
  plays: readonly Play[],
  selection: Selection,
  context: RunContext,
): AsyncGenerator<Verdict> {
  const { target, cleanup, signal } = context;
  for (const play of plays) {
    if (signal?.aborted) return;
    const omission = findOmission(play, target, selection);
    const { operation, status, title } = play;
    const verdict = omission
      ? { operation, status, title, ...omission, violations: [], exchanges: [], milliseconds: 0 }
      : await perform(play, context);
    await cleanup.deleteRegistered();
    // A scenario that was stopped halfway says nothing about the server, so it gets no verdict.
    if (signal?.aborted && !omission) return;
    yield verdict;
  }
}
