/** Runs a scenario: prepare and start everybody, check the answers, interleave the rounds, stop, count. */
import { checkAnswer } from "./answers.ts";
import { Instance, type InstancePlan } from "./instance.ts";
import type { LoadGenerator } from "./load/client.ts";
import { proofOf } from "./proof.ts";
import type { Round, Row, ScenarioResult, Writes } from "./results.ts";
import type { Load, Scenario } from "./scenarios.ts";
import { resetPeak, usageOf } from "./usage.ts";
import type { Workplace } from "./workplace.ts";

export interface Measuring {
  readonly rounds: number;
  /** Milliseconds of a round, and of the load before the first, which is not measured. */
  readonly milliseconds: number;
  readonly warmUp: number;
  readonly workplace: Workplace;
  readonly generator: LoadGenerator;
  readonly progress: (text: string) => void;
}

/** A contender in a scenario. */
interface Entrant {
  readonly instance: Instance;
  /** Requests that change something and were answered as they should be. */
  changes: number;
  isOut: boolean;
}

/** An entrant under a load: one line of the table. */
interface Pairing {
  readonly entrant: Entrant;
  readonly load: Load;
  readonly rounds: Round[];
}

export function measure(scenario: Scenario, measuring: Measuring): Promise<ScenarioResult> {
  return new Measurement(scenario, measuring).run();
}

class Measurement {
  readonly #scenario: Scenario;
  readonly #measuring: Measuring;
  readonly #problems: string[] = [];

  constructor(scenario: Scenario, measuring: Measuring) {
    this.#scenario = scenario;
    this.#measuring = measuring;
  }

  async run(): Promise<ScenarioResult> {
    const { name, title, loads, plans } = this.#scenario;
    const entrants: Entrant[] = [];
    for (const plan of plans) {
      this.#say(`preparing ${plan.label}`);
      const entrant = await this.#enter(plan);
      if (entrant !== undefined) entrants.push(entrant);
    }
    const rows = loads.length === 0 ? await this.#starts(entrants) : await this.#loads(entrants);
    const writes = await this.#proofs(entrants);
    return { name, title, rows, writes, problems: this.#problems };
  }

  async #enter(plan: InstancePlan): Promise<Entrant | undefined> {
    try {
      const instance = await Instance.prepare(plan, this.#measuring.workplace);
      return { instance, changes: 0, isOut: false };
    } catch (error) {
      this.#report(plan, error);
      return undefined;
    }
  }

  /** The first start finds nothing in the caches of the machine and is not counted. */
  async #starts(entrants: readonly Entrant[]): Promise<Row[]> {
    for (let round = 0; round <= this.#measuring.rounds; round++) {
      this.#say(round === 0 ? "first starts, not counted" : `round ${round} of ${this.#measuring.rounds}`);
      for (const entrant of rotated(entrants, round)) {
        await this.#unless(entrant, async () => {
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

  async #loads(entrants: readonly Entrant[]): Promise<Row[]> {
    const { loads } = this.#scenario;
    for (const entrant of entrants) {
      await this.#unless(entrant, async () => {
        await entrant.instance.start();
        const kinds = new Set(loads.map(({ workload }) => workload.kind));
        for (const kind of kinds) entrant.changes += await checkAnswer(entrant.instance.checked, kind);
      });
    }
    const pairings = loads.flatMap((load) => entrants.map((entrant): Pairing => ({ entrant, load, rounds: [] })));
    for (const pairing of pairings) {
      await this.#unless(pairing.entrant, () => this.#round(pairing, this.#measuring.warmUp));
    }
    for (let round = 0; round < this.#measuring.rounds; round++) {
      this.#say(`round ${round + 1} of ${this.#measuring.rounds}`);
      for (const pairing of rotated(pairings, round)) {
        await this.#unless(pairing.entrant, async () => {
          pairing.rounds.push(await this.#round(pairing, this.#measuring.milliseconds));
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

  async #round({ entrant, load }: Pairing, milliseconds: number): Promise<Round> {
    const { instance } = entrant;
    const { databasePid } = instance;
    const usage = () => ({
      own: usageOf(instance.pid),
      database: databasePid === undefined ? undefined : usageOf(databasePid),
    });
    resetPeak(instance.pid);
    const [before, began] = [usage(), performance.now()];
    const result = await this.#measuring.generator.run({ ...instance.job(load), milliseconds });
    const [after, elapsed] = [usage(), performance.now() - began];
    entrant.changes += result.changes;
    const failures = Object.entries(result.failures).map(([reason, count]) => `${count} × ${reason}`);
    if (failures.length > 0) throw new Error(`wrong answers under load: ${failures.join(", ")}`);
    const cpu = after.own && before.own && after.own.cpu - before.own.cpu;
    const databaseCpu = after.database && before.database && after.database.cpu - before.database.cpu;
    return {
      ...result,
      ...(cpu !== undefined && { cpuPerRequest: (cpu / result.answered) * 1_000, cores: cpu / elapsed }),
      ...(databaseCpu !== undefined && { databaseCores: databaseCpu / elapsed }),
      ...(after.own !== undefined && { peakMemory: after.own.peak }),
    };
  }

  async #proofs(entrants: readonly Entrant[]): Promise<Writes[]> {
    const all: Writes[] = [];
    for (const entrant of entrants) {
      await this.#unless(entrant, async () => {
        const writes = await proofOf(entrant.instance, entrant.changes);
        if (writes !== undefined) all.push(writes);
        const { answered, changed = answered, atLeast = 1 } = writes ?? { answered: 0 };
        const isRight = atLeast === 1 ? changed === answered : changed >= atLeast * answered;
        if (!isRight)
          throw new Error(`${answered} requests were to change something, but ${changed} rows were changed`);
      });
      await entrant.instance.stop();
    }
    return all;
  }

  /** Whoever fails once is out: the figures of the others stay, and the reason is reported. */
  async #unless(entrant: Entrant, work: () => Promise<unknown>): Promise<void> {
    if (entrant.isOut) return;
    try {
      await work();
    } catch (error) {
      entrant.isOut = true;
      this.#report(entrant.instance.plan, error);
      await entrant.instance.stop();
    }
  }

  #report({ label, name }: InstancePlan, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#problems.push(`${this.#scenario.name}: ${label} (${name}): ${reason}`);
    this.#say(`${label}: ${reason}`);
  }

  #say(text: string): void {
    this.#measuring.progress(`${this.#scenario.name}: ${text}`);
  }
}

/** Each round begins with another one, so that nobody always follows the same. */
function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
