/** The command `demo`. */
import { Command } from "commander";

export function demoCommand(): Command {
  return new Command("demo")
    .description("start a temporary service, send the collection PATCH to it twice, and print every request and answer")
    .action(async () => {
      const { playDemo } = await import("../actions/demo.ts");
      await playDemo();
    });
}
