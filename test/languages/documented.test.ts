/** Each page in docs/languages shows exactly the commands and the code that `npm run clients` runs. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { drivers } from "./drivers.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const here = fileURLToPath(new URL("./", import.meta.url));

/** Removes the indentation of a text, because a page may indent its code less than the file does. */
function flat(text: string): string {
  return text.replace(/^[ \t]+/gm, "").trim();
}

for (const name of new Set(drivers.map(({ page }) => page))) {
  describe(`docs/languages/${name}.md`, () => {
    const page = readFileSync(join(root, "docs/languages", `${name}.md`), "utf8");
    const ofPage = drivers.filter((driver) => driver.page === name);
    const files = ofPage.flatMap((driver) =>
      globSync(`${driver.name}/**/*.*`, { cwd: here }).map((file) => flat(readFileSync(join(here, file), "utf8"))),
    );
    const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].filter(([, language]) => language !== "sh");
    for (const driver of ofPage) {
      test(`shows the command that generates a client with ${driver.name} ${driver.version}`, () => {
        assert.ok(page.includes(` ${driver.version}`));
        assert.ok(page.replaceAll("npx ", "").includes(`\n${driver.generate}\n`), driver.generate);
      });
    }
    test("shows only code that `npm run clients` compiles and runs unchanged", () => {
      assert.ok(blocks.length >= ofPage.length);
      for (const [, , text = ""] of blocks)
        assert.ok(
          files.some((file) => file.includes(flat(text))),
          text,
        );
    });
  });
}
