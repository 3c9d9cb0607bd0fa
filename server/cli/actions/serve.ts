/** The service in the foreground, as one process or several, until it is told to stop. */

import { rootPath } from "../../api/serviceRoot.ts";
import { configOf, type Settings } from "../../process/config.ts";
import { startService } from "../../process/service.ts";
import { isPrimary, serveForPrimary, startProcesses } from "../../process/workers.ts";
import { commandLine, quoted } from "../../shared/commandLine.ts";
import { isLoopback } from "../../shared/hosts.ts";

export interface ServeFlags extends Settings {
  readonly json?: boolean;
}

/** Serves, and says where. @throws StartRefused for a setting that can't be. */
export async function serve({ json, ...settings }: ServeFlags): Promise<void> {
  const config = configOf(settings);
  if (!isPrimary) return serveForPrimary(await startService(config));
  const service = config.processes > 1 ? await startProcesses(config) : await startService(config);
  if (service === undefined) return;
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void service.close());
  if (config.identity.development && !isLoopback(config.host)) {
    console.error(`The development identity gives a token to whoever can reach ${config.host}.`);
  }
  const [url, docs] = [`${service.origin}${rootPath}`, `${service.origin}/docs`];
  if (json) {
    console.log(JSON.stringify({ origin: service.origin, url, docs, metrics: service.metricsUrl }));
    return;
  }
  const lines = [
    `API    ${url}`,
    `Docs   ${docs}`,
    `Token  ${config.identity.development ? tokenCommand(settings.dataDir) : `of ${config.identity.issuers.join(", ")}`}`,
    ...(config.tls?.kind === "local"
      ? [`Trust  ${(await import("../../tls/trust.ts")).trustCommand(config.dataDir)}`]
      : []),
    ...(service.metricsUrl === undefined ? [] : [`Metrics ${service.metricsUrl}`]),
  ];
  // In one piece: who waits for the first line has them all.
  console.log(lines.join("\n"));
}

function tokenCommand(folder: string): string {
  return folder === "./data" ? commandLine("token") : commandLine("token", `--data-dir ${quoted(folder)}`);
}
