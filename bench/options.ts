/** Parses the command line of the benchmark. */
import { Command, InvalidArgumentError, Option } from "commander";
import { type ContenderName, contenderNames, isContender } from "./contenders.ts";
import { type ScenarioName, scenarioNames } from "./plan.ts";

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

/** Parses the arguments. For `--help` it prints the help and exits; for invalid arguments it prints an error and exits. */
export function parseOptions(args: readonly string[]): Options {
  return new Command("npm --prefix bench start --")
    .description("Compares this service with its theoretical limits and with alternatives, and prints tables.")
    .addOption(
      new Option("--scenario <names>", `one or more of ${scenarioNames.join(", ")}, separated by commas, or all`)
        .argParser(parseScenarios)
        .default(["patch"], "patch"),
    )
    .option(
      "--contenders <names>",
      `one or more of ${contenderNames.join(", ")}, separated by commas (default: all contenders of the scenario)`,
      parseContenders,
    )
    .option("--rounds <number>", "rounds of each contender; the contenders take turns", wholeNumberParser(1, 1_000), 5)
    .option("--seconds <number>", "seconds of a round", parseSeconds, 4)
    .option("--warm-up <number>", "seconds of load before the first round, which are not measured", parseSeconds, 2)
    .option("--connections <number>", "connections; each sends one request at a time", wholeNumberParser(1, 500), 50)
    .addOption(
      new Option("--sizes <numbers>", "thousands of assignments in the stores of the scenario growth")
        .argParser(parseSizes)
        .default([1_000, 100_000, 1_000_000], "1,100,1000"),
    )
    .option("--json <file>", "write all figures to this file")
    .option("--svg <file>", "write a chart to this file, such as docs/benchmark.svg")
    .addHelpText(
      "after",
      "\nExamples:\n  npm --prefix bench start\n  npm --prefix bench start -- --scenario get,list --rounds 3 --seconds 2\n  npm --prefix bench start -- --contenders sqlite,bare-fastify --json patch.json",
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parse([...args], { from: "user" })
    .opts<Options>();
}

function parseScenarios(text: string): readonly ScenarioName[] {
  if (text === "all") return scenarioNames;
  return parseNames(text, (name) => scenarioNames.find((one) => one === name));
}

function parseContenders(text: string): readonly ContenderName[] {
  return parseNames(text, (name) => (isContender(name) ? name : undefined));
}

function parseNames<Name>(text: string, known: (name: string) => Name | undefined): Name[] {
  return text.split(",").map((name) => {
    const found = known(name.trim());
    if (found === undefined) throw new InvalidArgumentError(`'${name}' is not a known name. --help lists the names.`);
    return found;
  });
}

function parseSizes(text: string): number[] {
  return text.split(",").map((size) => wholeNumberParser(1, 10_000)(size) * 1_000);
}

function wholeNumberParser(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

function parseSeconds(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 3_600) return value;
  throw new InvalidArgumentError("It must be a number of seconds greater than 0, at most 3,600.");
}
