/** Exchanges as curl commands that can be copied. Tokens are variables of the shell, and ids as well where they are new. */

import type { Caller } from "../scenarios/language/scenario.ts";
import type { Exchange } from "../server/exchange.ts";

const variables: Readonly<Record<Caller, string | undefined>> = {
  full: '"Authorization: Bearer $TOKEN"',
  reader: '"Authorization: Bearer $READER_TOKEN"',
  powerless: '"Authorization: Bearer $POWERLESS_TOKEN"',
  stranger: '"Authorization: Bearer $STRANGER_TOKEN"',
  nonsense: "'Authorization: Bearer nonsense'",
  nobody: undefined,
};

/** One exchange as it was, but for its `client-request-id`. @param known what variables of the shell hold, by value. */
export function curlOf(exchange: Exchange, known: ReadonlyMap<string, string> = new Map()): string {
  const { method, url, headers, sent, caller } = exchange;
  const filler = sent !== undefined && /^a{4096,}$/.test(sent) ? sent.length : undefined;
  const bearer = variables[caller];
  const parts = [
    `curl -sS -i${method === "GET" ? "" : ` -X ${method}`} ${quoted(url, known)}`,
    ...(bearer === undefined ? [] : [`-H ${bearer}`]),
    ...Object.entries(headers)
      .filter(([name]) => name !== "client-request-id")
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`, known)}`),
    ...(filler === undefined ? [] : ["--data-binary @-"]),
    ...(filler === undefined && sent !== undefined ? [`--data-raw ${quoted(sent, known)}`] : []),
  ];
  const before = filler === undefined ? "" : `head -c ${filler} /dev/zero | tr '\\0' a | `;
  return before + parts.join(" \\\n  ");
}

/**
 * A script that does the same again: the ids that the server gave in the first exchanges are read from its answers with jq.
 */
export function scriptOf(exchanges: readonly Exchange[]): string {
  const known = new Map<string, string>();
  return exchanges
    .map((exchange, index) => {
      const command = curlOf(exchange, known);
      const { id } = Object(exchange.answer?.body);
      const isUsed = exchanges.slice(index + 1).some(({ url, sent }) => `${url}${sent}`.includes(id));
      if (typeof id !== "string" || id === "" || known.has(id) || !isUsed) return command;
      const name = `id${known.size + 1}`;
      known.set(id, name);
      return `${name}=$(${command.replace("curl -sS -i", "curl -sS")} | jq -r .id)`;
    })
    .join("\n");
}

/** A word of the shell. What is known is looked for in the text alone: a server may give any id, also one of quotes. */
function quoted(text: string, known: ReadonlyMap<string, string>): string {
  const patterns = Array.from(known.keys(), (value) => value.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const values = new RegExp(`(${patterns.join("|") || "(?!)"})`);
  const parts = text.split(values).filter((part) => part !== "");
  const words = parts.map((part) => {
    const name = known.get(part);
    return name === undefined ? `'${part.replaceAll("'", "'\\''")}'` : `"$${name}"`;
  });
  return words.join("") || "''";
}
