/** The plan of a scenario: its contenders, their data and the loads. */
import type { ContenderName } from "./contenders.ts";
import type { Fixture } from "./fixture.ts";
import type { Workload } from "./load/job.ts";

export const scenarioNames = ["startup", "patch", "get", "list", "post", "mix", "setPriority", "growth"] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export interface Scenario {
  readonly name: ScenarioName;
  readonly title: string;
  readonly plans: readonly InstancePlan[];
  /** The loads. Each instance is measured under each load. If there are no loads, only the starts are measured. */
  readonly loads: readonly ScenarioLoad[];
}

export interface ScenarioLoad {
  /** The label that distinguishes the load from other loads of the scenario. Empty if there is only one load. */
  readonly label: string;
  readonly workload: Workload;
  readonly connections: number;
}

export interface InstancePlan {
  readonly name: ContenderName;
  readonly label: string;
  readonly fixture: Fixture;
}
