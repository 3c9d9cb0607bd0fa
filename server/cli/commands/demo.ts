/** `demo`. */
import { Command } from "commander";

export function demoCommand(): Command {
  return new Command("demo")
    .description(
      "play the story of the PATCH this API began with, against a service of its own, and print each exchange",
    )
    .action(async () => {
      const { playDemo } = await import("../actions/demo.ts");
      await playDemo();
    });
}
