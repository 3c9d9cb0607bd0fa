/** A contender that takes part in a scenario: its store is prepared once, and it may be started several times. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checkGet } from "./answers.ts";
import type { Counts } from "./contenders/lifecycle.ts";
import { type Contender, type ContenderName, contenders } from "./contenders.ts";
import type { Fixture } from "./fixture.ts";
import type { Job } from "./load/job.ts";
import { freePort, type Running, start } from "./processes.ts";
import type { Load } from "./scenarios.ts";
import { type PreparedStore, prepareStore } from "./stores/prepare.ts";
import type { Versions } from "./stores/rows.ts";
import type { Workplace } from "./workplace.ts";

export interface InstancePlan {
  readonly name: ContenderName;
  readonly label: string;
  readonly fixture: Fixture;
}

/** How long a contender may take to its first right answer, milliseconds. */
const startLimit = 30_000;

export class Instance {
  readonly plan: InstancePlan;
  readonly contender: Contender;
  /** Of the server its store is on, if it is a process of its own. */
  readonly databasePid: number | undefined;
  port = 0;
  /** Milliseconds from the start of the process to the first right answer, for each start. */
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

  /** What checks and jobs need to know of it. */
  get checked() {
    return { contender: this.contender, fixture: this.plan.fixture, port: this.port, token: this.#workplace.token };
  }

  /** The job of putting a load on it; no two have the same number of round. */
  job({ workload, connections }: Load): Omit<Job, "milliseconds"> {
    const { port, contender, plan } = this;
    const round = ++this.#round;
    const { token } = this.#workplace;
    return { port, basePath: contender.basePath, token, workload, fixture: plan.fixture, connections, round };
  }

  /** Starts the process and waits for its first right answer. @throws Error saying why there was none. */
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

  /** What the contender itself has counted, if it does. */
  async counts(): Promise<Counts> {
    return this.#process().counts();
  }

  printed(): string {
    return this.#running?.printed() ?? "";
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
  }

  /** What was written since it was prepared; only when it is stopped. Undefined if it has no store. */
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
