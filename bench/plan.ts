/** The plan of a benchmark: which contenders take part in a scenario, with which data and under which loads. */
import type { ContenderName } from "./contenders.ts";
import type { Fixture } from "./fixture.ts";
import type { Workload } from "./load/job.ts";

export const scenarioNames = ["startup", "patch", "get", "list", "post", "mix", "setPriority", "growth"] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export interface Scenario {
  readonly name: ScenarioName;
  readonly title: string;
  readonly plans: readonly InstancePlan[];
  /** Each load is put on each instance. If there are no loads, only the start is measured. */
  readonly loads: readonly ScenarioLoad[];
}

export interface ScenarioLoad {
  /** Distinguishes the load from the other loads of the scenario; empty if it is the only one. */
  readonly label: string;
  readonly workload: Workload;
  readonly connections: number;
}

export interface InstancePlan {
  readonly name: ContenderName;
  readonly label: string;
  readonly fixture: Fixture;
}
