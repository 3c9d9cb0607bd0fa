/** What a report gives to copy says to a shell what was sent, whatever the server has answered. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import { toScript } from "../../verify/reports/curl.ts";
import type { Exchange } from "../../verify/server/exchange.ts";

/** A POST whose answer gave an id. */
function given(id: string): Exchange {
  return { ...asked("http://a.example/beta/p", "{}"), answer: { status: 201, headers: {}, text: "", body: { id } } };
}

function asked(url: string, sent: string | undefined): Exchange {
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

/** The arguments of the last curl of a script; jq gives the ids, as the server did. */
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
    test(`sends what was sent where the server gave ${JSON.stringify(ids)}`, () => {
      const url = `http://a.example/beta/${ids.join("/")}/'; echo owned; '`;
      const body = JSON.stringify({ ids });
      const exchanges = [...ids.map(given), asked(url, body)];
      assert.deepEqual(lastArguments(exchanges, ids), ["-sS", "-i", "-X", "POST", url, "--data-raw", body]);
    });
  }
  test("keeps a body that is empty", () => {
    assert.deepEqual(lastArguments([asked("http://a.example/", "")], []).at(-1), "");
  });
});
