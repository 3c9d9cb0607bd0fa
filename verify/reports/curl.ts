/** Formats exchanges as curl commands to copy. Tokens and ids created by the server become shell variables. */
import type { Caller } from "../scenarios/language/scenario.ts";
import type { Exchange } from "../server/exchange.ts";

const authorization: Readonly<Record<Caller, string | undefined>> = {
  full: '"Authorization: Bearer $TOKEN"',
  reader: '"Authorization: Bearer $READER_TOKEN"',
  powerless: '"Authorization: Bearer $POWERLESS_TOKEN"',
  stranger: '"Authorization: Bearer $STRANGER_TOKEN"',
  nonsense: "'Authorization: Bearer nonsense'",
  anonymous: undefined,
};

/** Formats a request, without its `client-request-id`. @param variables the names of shell variables by their values. */
export function toCurl(exchange: Exchange, variables: ReadonlyMap<string, string> = new Map()): string {
  const { method, url, headers, sent, caller } = exchange;
  const filler = sent !== undefined && /^a{4096,}$/.test(sent) ? sent.length : undefined;
  const bearer = authorization[caller];
  const parts = [
    `curl -sS -i${method === "GET" ? "" : ` -X ${method}`} ${quote(url, variables)}`,
    ...(bearer === undefined ? [] : [`-H ${bearer}`]),
    ...Object.entries(headers)
      .filter(([name]) => name !== "client-request-id")
      .map(([name, value]) => `-H ${quote(`${name}: ${value}`, variables)}`),
    ...(filler === undefined ? [] : ["--data-binary @-"]),
    ...(filler === undefined && sent !== undefined ? [`--data-raw ${quote(sent, variables)}`] : []),
  ];
  const before = filler === undefined ? "" : `head -c ${filler} /dev/zero | tr '\\0' a | `;
  return before + parts.join(" \\\n  ");
}

/** Formats a script that sends all requests again. It reads ids that the server creates from the answers, with jq. */
export function toScript(exchanges: readonly Exchange[]): string {
  const variables = new Map<string, string>();
  return exchanges
    .map((exchange, index) => {
      const command = toCurl(exchange, variables);
      const { id } = Object(exchange.answer?.body);
      const isUsed = exchanges.slice(index + 1).some(({ url, sent }) => `${url}${sent}`.includes(id));
      if (typeof id !== "string" || id === "" || variables.has(id) || !isUsed) return command;
      const name = `id${variables.size + 1}`;
      variables.set(id, name);
      return `${name}=$(${command.replace("curl -sS -i", "curl -sS")} | jq -r .id)`;
    })
    .join("\n");
}

/** Quotes a string for the shell. Variables are inserted before quoting, because an id may contain a quotation mark. */
function quote(text: string, variables: ReadonlyMap<string, string>): string {
  const patterns = Array.from(variables.keys(), (value) => value.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const values = new RegExp(`(${patterns.join("|") || "(?!)"})`);
  const parts = text.split(values).filter((part) => part !== "");
  const words = parts.map((part) => {
    const name = variables.get(part);
    return name === undefined ? `'${part.replaceAll("'", "'\\''")}'` : `"$${name}"`;
  });
  return words.join("") || "''";
}
