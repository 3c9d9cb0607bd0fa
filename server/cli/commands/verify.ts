/** The command `verify`, which runs the command of the separately installed package apple-enrollment-verify. */
import { registerHooks } from "node:module";
import { Command } from "commander";
import { commandLine } from "../../shared/commandLine.ts";
import { StartRefused } from "../../shared/startRefused.ts";

const packageName = "apple-enrollment-verify";

/** A command without a `--help` option, so that the package's command prints the help. */
class ForwardedCommand extends Command {
  override copyInheritedSettings(source: Command): this {
    return super.copyInheritedSettings(source).helpOption(false);
  }
}

export function verifyCommand(): Command {
  return new ForwardedCommand("verify")
    .description(`check any server against the contract (needs the package ${packageName})`)
    .argument("[arguments...]")
    .allowUnknownOption()
    .action(async (words: readonly string[], _options: object, command: Command) => {
      const { verifyCommand, UsageError } = await loadPackage();
      try {
        const checker = verifyCommand(commandLine).name("apple-enrollment verify");
        await checker.copyInheritedSettings(command.parent ?? command).parseAsync(words, { from: "user" });
      } catch (error) {
        throw error instanceof UsageError ? new StartRefused(error.message, { cause: error }) : error;
      }
    });
}

/** Loads the package. @throws StartRefused if the package is not installed. */
async function loadPackage(): Promise<typeof import("apple-enrollment-verify")> {
  if (import.meta.url.endsWith(".ts")) resolveToSources();
  try {
    return await import("apple-enrollment-verify");
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new StartRefused(`verify needs a package that is not installed: npm install --save-dev ${packageName}`, {
      cause: error,
    });
  }
}

/** Turns on the package's export condition for its sources, so that the package runs without a build in a checkout. */
function resolveToSources(): void {
  registerHooks({
    resolve: (specifier, context, nextResolve) =>
      specifier === packageName
        ? nextResolve(specifier, { ...context, conditions: [...context.conditions, "apple-enrollment-sources"] })
        : nextResolve(specifier, context),
  });
}

function isMissing(error: unknown): boolean {
  const { code, message } = Object(error);
  return code === "ERR_MODULE_NOT_FOUND" && String(message).includes(`'${packageName}'`);
}
