/**
 * Writes the reference of settings and flags into docs/configuration.md, between its two marks, from the commands
 * themselves. Run by `npm run generate`; with `--check` it writes nothing and fails when the page is not what it would write.
 */
import { readFileSync, writeFileSync } from "node:fs";
import type { Command, Option } from "commander";
import { backupCommand, restoreCommand } from "../server/cli/commands/backup.ts";
import { demoCommand } from "../server/cli/commands/demo.ts";
import { exportCommand } from "../server/cli/commands/export.ts";
import { seedCommand } from "../server/cli/commands/seed.ts";
import { serveCommand } from "../server/cli/commands/serve.ts";
import { tokenCommand } from "../server/cli/commands/token.ts";
import { verifyCommand } from "../server/cli/commands/verify.ts";

const makers = [
  serveCommand,
  tokenCommand,
  seedCommand,
  exportCommand,
  backupCommand,
  restoreCommand,
  verifyCommand,
  demoCommand,
];
const [begin, end] = ["<!-- From here on made by `npm run generate`. -->\n", "<!-- Up to here. -->\n"];

const code = (text: string): string => (text === "" ? "" : `\`${text}\``);
/** As text of a table's cell. */
const cell = (text: string): string => text.replace(/[|<*]/g, "\\$&");

/** What a default is: commander's own, or where it depends on something, what the description says in its parentheses. */
function defaultOf({ defaultValue, description }: Option): string {
  const told = / \(default: (.*)\)$/.exec(description)?.[1];
  if (told !== undefined) return cell(told);
  if (defaultValue === undefined || defaultValue === false) return "";
  return code(Array.isArray(defaultValue) ? defaultValue.join(" ") : String(defaultValue));
}

function rowOf(option: Option): string {
  const description = cell(option.description.replace(/ \(default: .*\)$/, ""));
  const choices = option.argChoices ? `: ${option.argChoices.map(code).join(", ")}` : "";
  const cells = [code(option.flags.replaceAll("|", "\\|")), code(option.envVar ?? ""), defaultOf(option)];
  return `| ${cells.join(" | ")} | ${description}${choices} |`;
}

function sectionOf(command: Command): string {
  const words = command.registeredArguments.map((argument) =>
    argument.required ? ` <${argument.name()}>` : ` [${argument.name()}]`,
  );
  const told = command.registeredArguments.map((argument) => `\`${argument.name()}\`: ${argument.description}.`);
  const rows = command.options.map(rowOf);
  const table = ["| flag | variable | default | |", "|---|---|---|---|", ...rows].join("\n");
  const [first = "", ...rest] = command.description();
  return [
    `### \`${command.name()}${words.join("")}\``,
    `${first.toUpperCase()}${rest.join("")}.`,
    ...told,
    ...(rows.length > 0 ? [table] : []),
    "",
  ].join("\n\n");
}

const page = new URL("../docs/configuration.md", import.meta.url);
const text = readFileSync(page, "utf8");
const [before, after] = [text.indexOf(begin), text.indexOf(end)];
if (before < 0 || after < before) throw new Error("docs/configuration.md has lost a mark of the generated part.");
const reference = makers.map((make) => sectionOf(make())).join("");
const written = `${text.slice(0, before)}${begin}\n${reference.trimEnd()}\n\n${text.slice(after)}`;

if (!process.argv.includes("--check")) {
  writeFileSync(page, written);
} else if (text !== written) {
  console.error("docs/configuration.md is not what the commands say: run `npm run generate` and commit the result.");
  process.exitCode = 1;
}
