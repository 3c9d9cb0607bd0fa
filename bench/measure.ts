/** Runs a scenario: starts all contenders, checks their answers, measures interleaved rounds, and counts the changes. */
import { checkAnswer } from "./answers.ts";
import { Instance } from "./instance.ts";
import type { LoadGenerator } from "./load/client.ts";
import type { InstancePlan, Scenario, ScenarioLoad } from "./plan.ts";
import { proofOf } from "./proof.ts";
import type { Round, Row, ScenarioResult, Writes } from "./results.ts";
import { resetPeak, usageOf } from "./usage.ts";
import type { Workplace } from "./workplace.ts";

export interface MeasureOptions {
  readonly rounds: number;
  /** The duration of a round. */
  readonly milliseconds: number;
  /** The duration of the load before the first round, in milliseconds. This load is not measured. */
  readonly warmUp: number;
  readonly workplace: Workplace;
  readonly generator: LoadGenerator;
  readonly progress: (text: string) => void;
}

/** A contender that takes part in the current scenario. */
interface Entrant {
  readonly instance: Instance;
  /** The number of correctly answered requests that change the store. */
  changes: number;
  /** True after the contender has failed. It then takes no further part. */
  isOut: boolean;
}

/** An entrant with a load. Each pairing is a row of the table. */
interface Pairing {
  readonly entrant: Entrant;
  readonly load: ScenarioLoad;
  readonly rounds: Round[];
}

export function measure(scenario: Scenario, options: MeasureOptions): Promise<ScenarioResult> {
  return new Measurement(scenario, options).run();
}

class Measurement {
  readonly #scenario: Scenario;
  readonly #options: MeasureOptions;
  readonly #problems: string[] = [];

  constructor(scenario: Scenario, options: MeasureOptions) {
    this.#scenario = scenario;
    this.#options = options;
  }

  async run(): Promise<ScenarioResult> {
    const { name, title, loads, plans } = this.#scenario;
    const entrants: Entrant[] = [];
    for (const plan of plans) {
      this.#printProgress(`preparing ${plan.label}`);
      const entrant = await this.#prepare(plan);
      if (entrant !== undefined) entrants.push(entrant);
    }
    const rows = loads.length === 0 ? await this.#measureStarts(entrants) : await this.#measureLoads(entrants);
    const writes = await this.#proveWrites(entrants);
    return { name, title, rows, writes, problems: this.#problems };
  }

  async #prepare(plan: InstancePlan): Promise<Entrant | undefined> {
    try {
      const instance = await Instance.prepare(plan, this.#options.workplace);
      return { instance, changes: 0, isOut: false };
    } catch (error) {
      this.#addProblem(plan, error);
      return undefined;
    }
  }

  /** Measures the starts. The first start of each entrant is not counted, because the caches are cold. */
  async #measureStarts(entrants: readonly Entrant[]): Promise<Row[]> {
    for (let round = 0; round <= this.#options.rounds; round++) {
      this.#printProgress(round === 0 ? "first starts (not counted)" : `round ${round} of ${this.#options.rounds}`);
      for (const entrant of rotated(entrants, round)) {
        await this.#runUnlessOut(entrant, async () => {
          await entrant.instance.start();
          await entrant.instance.stop();
        });
      }
    }
    return entrants
      .filter(({ isOut }) => !isOut)
      .map(({ instance: { plan, startups } }) => {
        const row = { contender: plan.name, subject: plan.label, load: "", connections: 1 };
        return { ...row, startups: startups.slice(1), rounds: [] };
      });
  }

  async #measureLoads(entrants: readonly Entrant[]): Promise<Row[]> {
    const { loads } = this.#scenario;
    for (const entrant of entrants) {
      await this.#runUnlessOut(entrant, async () => {
        await entrant.instance.start();
        const kinds = new Set(loads.map(({ workload }) => workload.kind));
        for (const kind of kinds) entrant.changes += await checkAnswer(entrant.instance.checked, kind);
      });
    }
    const pairings = loads.flatMap((load) => entrants.map((entrant): Pairing => ({ entrant, load, rounds: [] })));
    for (const pairing of pairings) {
      await this.#runUnlessOut(pairing.entrant, () => this.#runRound(pairing, this.#options.warmUp));
    }
    for (let round = 0; round < this.#options.rounds; round++) {
      this.#printProgress(`round ${round + 1} of ${this.#options.rounds}`);
      for (const pairing of rotated(pairings, round)) {
        await this.#runUnlessOut(pairing.entrant, async () => {
          pairing.rounds.push(await this.#runRound(pairing, this.#options.milliseconds));
        });
      }
    }
    return pairings
      .filter(({ rounds }) => rounds.length > 0)
      .map(({ entrant, load, rounds }) => {
        const { plan, startups } = entrant.instance;
        const { workload, connections } = load;
        const row = { contender: plan.name, subject: plan.label, load: load.label, workload, connections };
        return { ...row, startups, rounds };
      });
  }

  async #runRound({ entrant, load }: Pairing, milliseconds: number): Promise<Round> {
    const { instance } = entrant;
    const { databasePid } = instance;
    const usage = () => ({
      own: usageOf(instance.pid),
      database: databasePid === undefined ? undefined : usageOf(databasePid),
    });
    resetPeak(instance.pid);
    const [before, began] = [usage(), performance.now()];
    const result = await this.#options.generator.run({ ...instance.nextJob(load), milliseconds });
    const [after, elapsed] = [usage(), performance.now() - began];
    entrant.changes += result.changes;
    const failures = Object.entries(result.failures).map(([reason, count]) => `${count} × ${reason}`);
    if (failures.length > 0) throw new Error(`There were wrong answers under load: ${failures.join(", ")}.`);
    const cpu = after.own && before.own && after.own.cpu - before.own.cpu;
    const databaseCpu = after.database && before.database && after.database.cpu - before.database.cpu;
    return {
      ...result,
      ...(cpu !== undefined && { cpuPerRequest: (cpu / result.answered) * 1_000, cores: cpu / elapsed }),
      ...(databaseCpu !== undefined && { databaseCores: databaseCpu / elapsed }),
      ...(after.own !== undefined && { peakMemory: after.own.peak }),
    };
  }

  async #proveWrites(entrants: readonly Entrant[]): Promise<Writes[]> {
    const all: Writes[] = [];
    for (const entrant of entrants) {
      await this.#runUnlessOut(entrant, async () => {
        const writes = await proofOf(entrant.instance, entrant.changes);
        if (writes !== undefined) all.push(writes);
        const { answered, changed = answered, atLeast = 1 } = writes ?? { answered: 0 };
        const isRight = atLeast === 1 ? changed === answered : changed >= atLeast * answered;
        if (!isRight)
          throw new Error(`The store changed ${changed} rows, but ${answered} requests for a change were answered.`);
      });
      await entrant.instance.stop();
    }
    return all;
  }

  /** Runs the work. If it fails, the error is reported, and the entrant takes no further part; the other entrants continue. */
  async #runUnlessOut(entrant: Entrant, work: () => Promise<unknown>): Promise<void> {
    if (entrant.isOut) return;
    try {
      await work();
    } catch (error) {
      entrant.isOut = true;
      this.#addProblem(entrant.instance.plan, error);
      await entrant.instance.stop();
    }
  }

  #addProblem({ label, name }: InstancePlan, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#problems.push(`${this.#scenario.name}: ${label} (${name}): ${reason}`);
    this.#printProgress(`${label}: ${reason}`);
  }

  #printProgress(text: string): void {
    this.#options.progress(`${this.#scenario.name}: ${text}`);
  }
}

/** Rotates the contenders by the round, so that a contender does not always run after the same other contender. */
function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
