/** Draws the figures as an SVG chart: a bar for each median, and a thin line from the lowest to the highest round. */
import { labelOf, type Row, type ScenarioResult, type Spread, spreadOf } from "../results.ts";
import { isLimited, number } from "./text.ts";

/** The widths of the column of bars and of the column of numbers, and the height of a row, in SVG user units. */
const [bars, figures, line] = [380, 190, 26];

/** @param caption a line about the machine and a line about the measurement. */
export function drawChart(results: readonly ScenarioResult[], caption: readonly string[]): string {
  const names = results.flatMap(({ rows }) => rows.map((row) => labelOf(row).length));
  const labels = 40 + 7 * Math.max(20, ...names);
  const width = labels + bars + figures;
  const drawn: string[] = [];
  let y = 34;
  drawn.push(text(20, y, "apple-enrollment: benchmark", "title"));
  for (const each of caption) {
    y += 20;
    drawn.push(text(20, y, each, "quiet"));
  }
  y += 20;
  for (const result of results.filter(({ rows }) => rows.length > 0)) {
    y += 26;
    drawn.push(text(20, y, `${result.title}, ${unitOf(result)}`, "head"));
    y += 12;
    const spreads = result.rows.map((row) => ({ row, spread: spreadOfRow(row) }));
    const most = Math.max(...spreads.map(({ spread }) => spread?.most ?? 0));
    for (const { row, spread } of spreads) {
      if (spread !== undefined) drawn.push(bar(labels, y, row, spread, most));
      y += line;
    }
    y += 14;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" role="img" aria-label="Benchmark figures">`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${width}" height="${y}"/>`,
    ...drawn,
    "</svg>\n",
  ].join("\n");
}

const style = `
text { font: 13px system-ui, sans-serif; fill: #24292f; }
.title { font-size: 18px; font-weight: 600; }
.head { font-weight: 600; }
.quiet { fill: #57606a; font-size: 12px; }
.paper { fill: #ffffff; }
.bar { fill: #8c959f; }
.own { fill: #0969da; }
.spread { stroke: #24292f; stroke-width: 1.5; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .quiet { fill: #9198a1; }
  .paper { fill: #0d1117; }
  .bar { fill: #6e7681; }
  .own { fill: #4493f8; }
  .spread { stroke: #e6edf3; }
}
`;

function bar(labels: number, y: number, row: Row, { median, least, most }: Spread, longest: number): string {
  const x = (value: number) => labels + (bars * value) / longest;
  const middle = y + line / 2;
  const isOwn = /^(sqlite|postgres)/.test(row.contender);
  return [
    text(labels - 10, middle + 4, `${labelOf(row)}${isLimited(row) ? " *" : ""}`, "", "end"),
    `<rect class="bar${isOwn ? " own" : ""}" x="${labels}" y="${y + 4}" width="${round(x(median) - labels)}" height="${line - 8}"/>`,
    `<line class="spread" x1="${round(x(least))}" x2="${round(x(most))}" y1="${middle}" y2="${middle}"/>`,
    text(round(x(most)) + 8, middle + 4, `${number(median)}  (${number(least)} – ${number(most)})`, "quiet"),
  ].join("\n");
}

function spreadOfRow(row: Row): Spread | undefined {
  return spreadOf(row.rounds.length > 0 ? row.rounds.map(({ perSecond }) => perSecond) : row.startups);
}

function unitOf({ rows }: ScenarioResult): string {
  return rows.some(({ rounds }) => rounds.length > 0)
    ? "requests per second (more is better)"
    : "milliseconds (less is better)";
}

function text(x: number, y: number, content: string, name: string, anchor = "start"): string {
  const escaped = content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${x}" y="${y}" class="${name}" text-anchor="${anchor}">${escaped}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
