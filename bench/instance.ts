/** A contender in a scenario. Its store is prepared once, but its process may be started several times. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checkGet } from "./answers.ts";
import type { Counts } from "./contenders/lifecycle.ts";
import { type Contender, contenders } from "./contenders.ts";
import type { Job } from "./load/job.ts";
import type { InstancePlan, ScenarioLoad } from "./plan.ts";
import { freePort, type Running, start } from "./processes.ts";
import { type PreparedStore, prepareStore } from "./stores/prepare.ts";
import type { Versions } from "./stores/rows.ts";
import type { Workplace } from "./workplace.ts";

/** The time limit for the first correct answer after a start, in milliseconds. */
const startLimit = 30_000;

export class Instance {
  readonly plan: InstancePlan;
  readonly contender: Contender;
  /** The process id of the database server, if the contender has one. */
  readonly databasePid: number | undefined;
  port = 0;
  /** For each start, the milliseconds from the start of the process to the first correct answer. */
  readonly startups: number[] = [];
  readonly #workplace: Workplace;
  readonly #folder: string;
  readonly #store: PreparedStore;
  readonly #before: Versions | undefined;
  #running: Running | undefined;
  #round = 0;

  private constructor(
    plan: InstancePlan,
    workplace: Workplace,
    folder: string,
    store: PreparedStore,
    before: Versions | undefined,
  ) {
    this.plan = plan;
    this.contender = contenders[plan.name];
    this.databasePid = store.pid;
    this.#workplace = workplace;
    this.#folder = folder;
    this.#store = store;
    this.#before = before;
  }

  static async prepare(plan: InstancePlan, workplace: Workplace): Promise<Instance> {
    const folder = join(workplace.folder, `${plan.label}-${plan.name}`.replaceAll(/\W+/g, "-"));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const store = await prepareStore(contenders[plan.name].store, plan.fixture, folder, workplace.folder);
    return new Instance(plan, workplace, folder, store, await store.versions?.());
  }

  get pid(): number {
    return this.#process().pid;
  }

  /** The data that the checks in answers.ts need. */
  get checked() {
    return { contender: this.contender, fixture: this.plan.fixture, port: this.port, token: this.#workplace.token };
  }

  /** Returns a job for the load generator. Each job has a new round number. */
  nextJob({ workload, connections }: ScenarioLoad): Omit<Job, "milliseconds"> {
    const { port, contender, plan } = this;
    const round = ++this.#round;
    const { token } = this.#workplace;
    return { port, basePath: contender.basePath, token, workload, fixture: plan.fixture, connections, round };
  }

  /** Starts the process and waits for its first correct answer. @throws Error with the reason if it does not arrive. */
  async start(): Promise<void> {
    this.port = await freePort();
    const command = this.contender.command({
      port: this.port,
      dataDir: this.#workplace.dataDir,
      answers: this.#workplace.answers,
      databaseUrl: this.#store.url,
      fixture: JSON.stringify(this.plan.fixture),
    });
    const began = performance.now();
    this.#running = start(command, join(this.#folder, "log"));
    for (;;) {
      const wrong = await checkGet(this.checked).catch((error: Error) => error);
      if (wrong === undefined) break;
      const end = this.#running.ended();
      if (end !== undefined || performance.now() - began > startLimit) {
        await this.stop();
        throw new Error(`${end ?? wrong.message}\n${this.printed()}`.trim());
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    this.startups.push(performance.now() - began);
  }

  /** Returns the contender's own counters; an empty object if the contender does not count. */
  async counts(): Promise<Counts> {
    return this.#process().counts();
  }

  printed(): string {
    return this.#running?.printed() ?? "";
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
  }

  /** Counts the changes in the store since it was prepared. Returns undefined without a store. Call it after `stop`. */
  async written(): Promise<Versions | undefined> {
    const after = await this.#store.versions?.();
    if (after === undefined || this.#before === undefined) return undefined;
    return {
      assignments: after.assignments - this.#before.assignments,
      profiles: after.profiles - this.#before.profiles,
      ...(after.commits !== undefined && { commits: after.commits - (this.#before.commits ?? 0) }),
    };
  }

  #process(): Running {
    if (this.#running === undefined) throw new Error(`${this.plan.label} is not running.`);
    return this.#running;
  }
}
