/** The command line of the benchmark. */
import { Command, InvalidArgumentError, Option } from "commander";
import { type ContenderName, contenderNames, isContender } from "./contenders.ts";
import { type ScenarioName, scenarioNames } from "./scenarios.ts";

export interface Options {
  readonly scenario: readonly ScenarioName[];
  readonly contenders?: readonly ContenderName[];
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUp: number;
  readonly connections: number;
  readonly sizes: readonly number[];
  readonly json?: string;
  readonly svg?: string;
}

/** Prints help or what is wrong, and exits, if the arguments say no more. */
export function optionsOf(args: readonly string[]): Options {
  return new Command("npm --prefix bench start --")
    .description("Measures this service beside its limits and its alternatives, and prints tables.")
    .addOption(
      new Option("--scenario <names>", `any of ${scenarioNames.join(", ")}, or all`)
        .argParser(scenarios)
        .default(["patch"], "patch"),
    )
    .option("--contenders <names>", `any of ${contenderNames.join(", ")} (default: all of a scenario's)`, contenderList)
    .option("--rounds <number>", "rounds of each contender, interleaved with the others'", whole(1, 1_000), 5)
    .option("--seconds <number>", "length of a round", positive, 4)
    .option("--warm-up <number>", "seconds of load before the first round, not measured", positive, 2)
    .option("--connections <number>", "connections, each with one request under way", whole(1, 500), 50)
    .addOption(
      new Option("--sizes <numbers>", "assignments in the stores of growth, in thousands")
        .argParser(sizes)
        .default([1_000, 100_000, 1_000_000], "1,100,1000"),
    )
    .option("--json <file>", "write everything measured to this file")
    .option("--svg <file>", "write a picture of it to this file, such as docs/benchmark.svg")
    .addHelpText(
      "after",
      "\nExamples:\n  npm --prefix bench start\n  npm --prefix bench start -- --scenario get,list --rounds 3 --seconds 2\n  npm --prefix bench start -- --contenders sqlite,bare-fastify --json patch.json",
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parse([...args], { from: "user" })
    .opts<Options>();
}

function scenarios(text: string): readonly ScenarioName[] {
  if (text === "all") return scenarioNames;
  return namesOf(text, (name) => scenarioNames.find((one) => one === name));
}

function contenderList(text: string): readonly ContenderName[] {
  return namesOf(text, (name) => (isContender(name) ? name : undefined));
}

function namesOf<Name>(text: string, known: (name: string) => Name | undefined): Name[] {
  return text.split(",").map((name) => {
    const found = known(name.trim());
    if (found === undefined) throw new InvalidArgumentError(`'${name}' is none of them.`);
    return found;
  });
}

function sizes(text: string): number[] {
  return text.split(",").map((size) => whole(1, 10_000)(size) * 1_000);
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 3_600) return value;
  throw new InvalidArgumentError("It must be a number of seconds above 0.");
}
