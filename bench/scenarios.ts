/** What is measured: who takes part in a scenario, on which stores, under which loads. */
import { type ContenderName, contenders } from "./contenders.ts";
import { baseFixture } from "./fixture.ts";
import type { InstancePlan } from "./instance.ts";
import type { Workload } from "./load/job.ts";

export const scenarioNames = ["startup", "patch", "get", "list", "post", "mix", "setPriority", "growth"] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export interface Scenario {
  readonly name: ScenarioName;
  readonly title: string;
  readonly plans: readonly InstancePlan[];
  /** Each load is put on each plan; none: only the start is measured. */
  readonly loads: readonly Load[];
}

export interface Load {
  /** What tells it from the scenario's other loads; empty if it is the only one. */
  readonly label: string;
  readonly workload: Workload;
  readonly connections: number;
}

interface Choice {
  /** Undefined: all that the scenario has. */
  readonly contenders: readonly ContenderName[] | undefined;
  readonly connections: number;
  /** Numbers of assignments of the growth scenario. */
  readonly sizes: readonly number[];
}

const frameworks = [
  "bare-http",
  "bare-fastify",
  "sqlite",
  "postgres",
  "postgres-2",
  "glue",
  "openapi-backend",
] as const;

const loaded = {
  patch: {
    title: "PATCH …/assignments, each one a change",
    who: [...frameworks, "sqlite-observed", "pg-statement", "prism", "mockoon"],
  },
  get: { title: "GET one assignment", who: [...frameworks, "prism", "mockoon"] },
  list: { title: "GET a list of 100 assignments", who: frameworks },
  post: { title: "POST a new assignment", who: frameworks },
  mix: { title: "6 GET, 2 PATCH, 1 list, 1 POST of ten", who: frameworks },
} as const;

const started = [
  ...["bare-http", "bare-fastify", "fastify-plugins", "sqlite-cli", "postgres-cli"],
  ...["glue", "openapi-backend", "prism", "mockoon"],
] as const;

const kept = ["bare-fastify", "sqlite", "postgres"] as const;

export function scenarioOf(name: ScenarioName, choice: Choice): Scenario {
  const plansOf = (who: readonly ContenderName[]) => who.filter((one) => takesPart(one, choice)).map(planOf);
  switch (name) {
    case "startup":
      return { name, title: "Start to the first right answer", plans: plansOf(started), loads: [] };
    case "growth":
      return growth(choice);
    case "setPriority":
      return {
        name,
        title: "setPriority in a tenant of 1,000 profiles, each one a move",
        plans: plansOf(kept).map((plan) => ({ ...plan, fixture: { profiles: 998, each: 1 } })),
        loads: [choice.connections, 1].map((connections) => ({
          label: `${connections} connection${connections === 1 ? "" : "s"}`,
          workload: { kind: name, spread: "uniform" },
          connections,
        })),
      };
    default: {
      const { title, who } = loaded[name];
      const workload: Workload = { kind: name, spread: "uniform" };
      return { name, title, plans: plansOf(who), loads: [{ label: "", workload, connections: choice.connections }] };
    }
  }
}

function growth(choice: Choice): Scenario {
  const { connections } = choice;
  const fixtures = [
    ...choice.sizes.map((size) => ({ size: count(size), fixture: { profiles: size / 1_000, each: 1_000 } })),
    { size: `${count(middleOf(choice.sizes))} in one profile`, fixture: { profiles: 1, each: middleOf(choice.sizes) } },
  ];
  const stores = kept.filter((name) => name !== "bare-fastify" && takesPart(name, choice));
  const loads = (["patch", "get"] as const).flatMap((kind) =>
    (["uniform", "hot"] as const).map((spread) => ({
      label: `${kind.toUpperCase()}, ${spread === "hot" ? `${connections} targets` : "all targets"}`,
      workload: { kind, spread },
      connections,
    })),
  );
  return {
    name: "growth",
    title: "The same requests on more and more assignments",
    plans: [
      // It has no store: what changes in its figures between the rounds is not due to any.
      ...(takesPart("bare-fastify", choice) ? [planOf("bare-fastify")] : []),
      ...stores.flatMap((name) =>
        fixtures.map(({ size, fixture }) => ({
          name,
          fixture,
          label: `${contenders[name].label.replace("this service, ", "")}, ${size}`,
        })),
      ),
    ],
    loads,
  };
}

/** The size that is also tried in a single profile: 100,000 of 1,000, 100,000 and 1,000,000. */
function middleOf(sizes: readonly number[]): number {
  return sizes[Math.floor(sizes.length / 2)] ?? 1_000;
}

function takesPart(name: ContenderName, { contenders: chosen }: Choice): boolean {
  return chosen === undefined || chosen.includes(name);
}

function planOf(name: ContenderName): InstancePlan {
  return { name, label: contenders[name].label, fixture: baseFixture };
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}
