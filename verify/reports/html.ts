/** A run as one page that needs nothing else: the matrix, and each exchange as a curl command to copy. */

import { type CellState, cellStates, marks } from "../judging/matrix.ts";
import type { Run, Verdict } from "../judging/verdict.ts";
import type { Exchange } from "../server/exchange.ts";
import { curlOf } from "./curl.ts";
import { escaped } from "./markup.ts";
import { distinct, reproductionOf, summaryOf } from "./text.ts";

const style = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
  table { border-collapse: collapse; } th, td { padding: .1rem .5rem; text-align: center; } th:first-child { text-align: left; }
  .kept { color: #2a8a3e; } .broken { color: #d1242f; font-weight: bold; } .omitted { color: #888; }
  pre { overflow-x: auto; padding: .5rem; background: #8881; } details { margin-left: 1rem; } summary { cursor: pointer; }
  button { float: right; }`;

/** What doesn't fit here is not what one looks for here. */
const longest = 4000;

export function htmlReport(run: Run): string {
  const states = cellStates(run);
  const operations = [...Map.groupBy(run.verdicts, ({ operation }) => operation)];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Contract check of ${escaped(run.baseUrl)}</title>
<style>${style}</style>
<h1>Contract check of ${escaped(run.baseUrl)}</h1>
<p>${escaped(summaryOf(run))}.</p>
${tableOf(states)}
${distinct(run.violations)
  .map(([violation]) => violationOf(violation, run))
  .join("\n")}
${operations.map(([operation, verdicts]) => `<h2>${operation}</h2>\n${verdicts.map(verdictOf).join("\n")}`).join("\n")}
<script>
  document.addEventListener("click", ({ target }) => {
    if (target.tagName === "BUTTON") navigator.clipboard.writeText(target.nextElementSibling.textContent);
  });
</script>
</html>
`;
}

function tableOf(states: ReadonlyMap<string, CellState>): string {
  const cells = [...states.keys()].map((cell) => cell.split(" "));
  const operations = [...new Set(cells.map(([operation = ""]) => operation))];
  const statuses = [...new Set(cells.map(([, status = ""]) => status))].sort();
  const head = statuses.map((status) => `<th>${status}</th>`).join("");
  const rows = operations.map((operation) => {
    const row = statuses.map((status) => {
      const state = states.get(`${operation} ${status}`);
      return state === undefined ? "<td></td>" : `<td class="${classOf(state)}" title="${state}">${marks[state]}</td>`;
    });
    return `<tr><th>${operation}</th>${row.join("")}</tr>`;
  });
  return `<table><tr><th></th>${head}</tr>\n${rows.join("\n")}\n</table>`;
}

function classOf(state: CellState): string {
  return state === "kept" || state === "broken" ? state : "omitted";
}

function violationOf(violation: Run["violations"][number], run: Run): string {
  const { operation, status, rule, message } = violation;
  return `<h3 class="broken">${operation} ${status}, ${rule}: ${escaped(message)}</h3>\n${toCopy(reproductionOf(violation, run.verdicts))}`;
}

function verdictOf({ status, title, outcome, reason, exchanges, violations }: Verdict): string {
  const what = `<span class="${classOf(outcome)}">${marks[outcome]}</span> ${status} ${escaped(title)}`;
  if (exchanges.length === 0) return `<p>${what}: ${escaped(reason ?? outcome)}</p>`;
  const wrong = violations.map(({ rule, message }) => `<p class="broken">${rule}: ${escaped(message)}</p>`);
  return `<details><summary>${what}</summary>${wrong.join("")}${exchanges.map(exchangeOf).join("")}</details>`;
}

function exchangeOf(exchange: Exchange): string {
  const { method, url, answer, failure } = exchange;
  const head = answer && Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`);
  const received = answer ? [answer.status, ...(head ?? []), "", answer.text.slice(0, longest)].join("\n") : failure;
  const status = answer?.status ?? "no answer";
  return `<details><summary>${method} ${escaped(new URL(url).pathname)} → ${status}</summary>${toCopy(curlOf(exchange))}<pre>${escaped(received ?? "")}</pre></details>`;
}

function toCopy(text: string): string {
  return `<button type="button">copy</button><pre>${escaped(text)}</pre>`;
}
