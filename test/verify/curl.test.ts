/** The curl commands in a report repeat the checker's requests exactly, whatever ids the server has returned. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import { toScript } from "../../verify/reports/curl.ts";
import type { Exchange } from "../../verify/server/exchange.ts";

/** A POST whose answer contains an id. */
function creation(id: string): Exchange {
  return { ...exchange("http://a.example/beta/p", "{}"), answer: { status: 201, headers: {}, text: "", body: { id } } };
}

function exchange(url: string, sent: string | undefined): Exchange {
  return {
    operation: undefined,
    caller: "anonymous",
    method: "POST",
    url,
    headers: {},
    sent,
    answer: undefined,
    failure: undefined,
  };
}

/** Runs a script of curl commands with fake `curl` and `jq` functions. `jq` prints the server's ids. @returns the last arguments of `curl`. */
function lastArguments(exchanges: readonly Exchange[], ids: readonly string[]): string[] {
  const shell = `
    ids=$(mktemp); trap 'rm "$ids"' EXIT
    curl() { printf '%s\\0' "$@"; }
    jq() { cat > /dev/null; echo >> "$ids"; eval "printf %s \\"\\$given$(wc -l < "$ids" | tr -d ' ')\\""; }
    ${toScript(exchanges)}`;
  const env = Object.fromEntries(ids.map((id, index) => [`given${index + 1}`, id]));
  const output = execFileSync("sh", ["-c", shell], { encoding: "utf8", env: { PATH: process.env["PATH"], ...env } });
  return output.split("\0").slice(0, -1);
}

describe("a script of curl commands", () => {
  for (const ids of [["'"], ["x", "'; echo owned; '"], ["abc", "id1"], ["abcd", "bc"], ['"$(echo owned)"'], ["$id1"]]) {
    test(`repeats the request if the server returned the ids ${JSON.stringify(ids)}`, () => {
      const url = `http://a.example/beta/${ids.join("/")}/'; echo owned; '`;
      const body = JSON.stringify({ ids });
      const exchanges = [...ids.map(creation), exchange(url, body)];
      assert.deepEqual(lastArguments(exchanges, ids), ["-sS", "-i", "-X", "POST", url, "--data-raw", body]);
    });
  }
  test("sends an empty request body again", () => {
    assert.deepEqual(lastArguments([exchange("http://a.example/", "")], []).at(-1), "");
  });
});
