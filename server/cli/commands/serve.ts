/** The command `serve`. */
import { Command, Option } from "commander";
import { settingNames } from "../../process/settings.ts";
import { commandLine } from "../../shared/commandLine.ts";
import { collectSettings, examples, settingOption } from "./options.ts";

interface ServeFlags {
  readonly json?: boolean;
}

export function serveCommand(): Command {
  const command = new Command("serve").description("serve the API until SIGINT or SIGTERM");
  for (const name of settingNames) command.addOption(settingOption(name));
  return command
    .addOption(new Option("--json", "print the URLs of the service as one line of JSON"))
    .addHelpText(
      "after",
      examples(
        commandLine("serve"),
        commandLine("serve", "--port 4000"),
        commandLine("serve", "--tls"),
        `DATABASE_URL=sqlite::memory: ${commandLine("serve")}`,
        `DATABASE_URL=postgres://me:secret@localhost/enrollment ${commandLine("serve", "--processes 2")}`,
      ),
    )
    .action(async ({ json = false }: ServeFlags) => {
      const { serve } = await import("../actions/serve.ts");
      await serve(collectSettings(command), json);
    });
}
