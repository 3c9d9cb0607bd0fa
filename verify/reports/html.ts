/** Formats the result of a run as a self-contained HTML page with the matrix and a curl command for each exchange. */
import { type CellState, cellStates, marks } from "../judging/matrix.ts";
import type { Run, Verdict } from "../judging/verdict.ts";
import type { Exchange } from "../server/exchange.ts";
import { toCurl } from "./curl.ts";
import { escapeMarkup } from "./markup.ts";
import { formatReproduction, formatSummary, groupViolations } from "./text.ts";

const style = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
  table { border-collapse: collapse; } th, td { padding: .1rem .5rem; text-align: center; } th:first-child { text-align: left; }
  .kept { color: #2a8a3e; } .broken { color: #d1242f; font-weight: bold; } .omitted { color: #888; }
  pre { overflow-x: auto; padding: .5rem; background: #8881; } details { margin-left: 1rem; } summary { cursor: pointer; }
  button { float: right; }`;

/** The maximum length of a response body in the report. Longer ones are cut. */
const maxLength = 4000;

export function htmlReport(run: Run): string {
  const states = cellStates(run);
  const operations = [...Map.groupBy(run.verdicts, ({ operation }) => operation)];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Contract check of ${escapeMarkup(run.baseUrl)}</title>
<style>${style}</style>
<h1>Contract check of ${escapeMarkup(run.baseUrl)}</h1>
<p>${escapeMarkup(formatSummary(run))}.</p>
${tableElement(states)}
${groupViolations(run.violations)
  .map(([violation]) => violationElement(violation, run))
  .join("\n")}
${operations.map(([operation, verdicts]) => `<h2>${operation}</h2>\n${verdicts.map(verdictElement).join("\n")}`).join("\n")}
<script>
  document.addEventListener("click", ({ target }) => {
    if (target.tagName === "BUTTON") navigator.clipboard.writeText(target.nextElementSibling.textContent);
  });
</script>
</html>
`;
}

function tableElement(states: ReadonlyMap<string, CellState>): string {
  const cells = [...states.keys()].map((cell) => cell.split(" "));
  const operations = [...new Set(cells.map(([operation = ""]) => operation))];
  const statuses = [...new Set(cells.map(([, status = ""]) => status))].sort();
  const head = statuses.map((status) => `<th>${status}</th>`).join("");
  const rows = operations.map((operation) => {
    const row = statuses.map((status) => {
      const state = states.get(`${operation} ${status}`);
      return state === undefined ? "<td></td>" : `<td class="${cssClass(state)}" title="${state}">${marks[state]}</td>`;
    });
    return `<tr><th>${operation}</th>${row.join("")}</tr>`;
  });
  return `<table><tr><th></th>${head}</tr>\n${rows.join("\n")}\n</table>`;
}

function cssClass(state: CellState): string {
  return state === "kept" || state === "broken" ? state : "omitted";
}

function violationElement(violation: Run["violations"][number], run: Run): string {
  const { operation, status, rule, message } = violation;
  return `<h3 class="broken">${operation} ${status}, ${rule}: ${escapeMarkup(message)}</h3>\n${copyElement(formatReproduction(violation, run.verdicts))}`;
}

function verdictElement({ status, title, outcome, reason, exchanges, violations }: Verdict): string {
  const what = `<span class="${cssClass(outcome)}">${marks[outcome]}</span> ${status} ${escapeMarkup(title)}`;
  if (exchanges.length === 0) return `<p>${what}: ${escapeMarkup(reason ?? outcome)}</p>`;
  const wrong = violations.map(({ rule, message }) => `<p class="broken">${rule}: ${escapeMarkup(message)}</p>`);
  return `<details><summary>${what}</summary>${wrong.join("")}${exchanges.map(exchangeElement).join("")}</details>`;
}

function exchangeElement(exchange: Exchange): string {
  const { method, url, answer, failure } = exchange;
  const head = answer && Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`);
  const received = answer ? [answer.status, ...(head ?? []), "", answer.text.slice(0, maxLength)].join("\n") : failure;
  const status = answer?.status ?? "no answer";
  return `<details><summary>${method} ${escapeMarkup(new URL(url).pathname)} → ${status}</summary>${copyElement(toCurl(exchange))}<pre>${escapeMarkup(received ?? "")}</pre></details>`;
}

function copyElement(text: string): string {
  return `<button type="button">copy</button><pre>${escapeMarkup(text)}</pre>`;
}
