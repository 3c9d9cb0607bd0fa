/** Defines the scenarios, with their contenders, stores and loads. */
import { type ContenderName, contenders } from "./contenders.ts";
import { baseFixture } from "./fixture.ts";
import type { Workload } from "./load/job.ts";
import type { InstancePlan, Scenario, ScenarioName } from "./plan.ts";

interface Choice {
  /** The selected contenders. Undefined means all contenders of the scenario. */
  readonly contenders: readonly ContenderName[] | undefined;
  readonly connections: number;
  /** The numbers of assignments in the stores of the growth scenario. */
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
    title: "PATCH …/assignments, where each request changes an assignment",
    contenders: [...frameworks, "sqlite-observed", "pg-statement", "prism", "mockoon"],
  },
  get: { title: "GET one assignment", contenders: [...frameworks, "prism", "mockoon"] },
  list: { title: "GET a list of 100 assignments", contenders: frameworks },
  post: { title: "POST a new assignment", contenders: frameworks },
  mix: { title: "A mix of 6 GET, 2 PATCH, 1 list and 1 POST per ten requests", contenders: frameworks },
} as const;

const started = [
  ...["bare-http", "bare-fastify", "fastify-plugins", "sqlite-cli", "postgres-cli"],
  ...["glue", "openapi-backend", "prism", "mockoon"],
] as const;

const withStores = ["bare-fastify", "sqlite", "postgres"] as const;

export function scenarioOf(name: ScenarioName, choice: Choice): Scenario {
  const plansOf = (names: readonly ContenderName[]) => names.filter((one) => takesPart(one, choice)).map(planOf);
  switch (name) {
    case "startup":
      return { name, title: "Time from the start to the first correct answer", plans: plansOf(started), loads: [] };
    case "growth":
      return growth(choice);
    case "setPriority":
      return {
        name,
        title: "setPriority in a tenant of 1,000 profiles, where each request moves a profile",
        plans: plansOf(withStores).map((plan) => ({ ...plan, fixture: { profiles: 998, each: 1 } })),
        loads: [choice.connections, 1].map((connections) => ({
          label: `${connections} connection${connections === 1 ? "" : "s"}`,
          workload: { kind: name, spread: "uniform" },
          connections,
        })),
      };
    default: {
      const { title, contenders: names } = loaded[name];
      const workload: Workload = { kind: name, spread: "uniform" };
      return { name, title, plans: plansOf(names), loads: [{ label: "", workload, connections: choice.connections }] };
    }
  }
}

function growth(choice: Choice): Scenario {
  const { connections } = choice;
  const fixtures = [
    ...choice.sizes.map((size) => ({ size: count(size), fixture: { profiles: size / 1_000, each: 1_000 } })),
    { size: `${count(middleOf(choice.sizes))} in one profile`, fixture: { profiles: 1, each: middleOf(choice.sizes) } },
  ];
  const stores = withStores.filter((name) => name !== "bare-fastify" && takesPart(name, choice));
  const loads = (["patch", "get"] as const).flatMap((kind) =>
    (["uniform", "hot"] as const).map((spread) => ({
      label: `${kind.toUpperCase()}, ${spread === "hot" ? `${connections} targets` : "all targets"}`,
      workload: { kind, spread },
      connections,
    })),
  );
  return {
    name: "growth",
    title: "The same requests on stores of different sizes",
    plans: [
      // bare-fastify has no store, so if its figures change between rounds, the machine is the reason.
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

/** Returns the middle of the sizes, such as 100,000 of 1,000, 100,000 and 1,000,000. It is also measured with one profile. */
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
