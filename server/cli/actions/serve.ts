/** Runs the service in the foreground, in one process or several, until a signal stops it. */
import { rootPath } from "../../api/serviceRoot.ts";
import type { GivenSettings } from "../../process/givenSettings.ts";
import { stopWithNpm } from "../../process/parentWatch.ts";
import { type Service, startService } from "../../process/service.ts";
import { createServiceConfig, type ServiceConfig } from "../../process/serviceConfig.ts";
import { isPrimary, serveForPrimary, startProcesses } from "../../process/workers.ts";
import { commandLine, quoteForShell } from "../../shared/commandLine.ts";
import { isLoopback } from "../../shared/hosts.ts";

/** Starts the service and prints its URLs. @throws StartRefused if a setting is invalid or the service cannot start. */
export async function serve(settings: GivenSettings, json: boolean): Promise<void> {
  const config = createServiceConfig(settings);
  if (!isPrimary) return serveForPrimary(await startService(config));
  const service = config.processes > 1 ? await startProcesses(config) : await startService(config);
  if (service === undefined) return;
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void service.close());
  void stopWithNpm(() => void service.close());
  if (config.identity.development && !isLoopback(config.host)) {
    console.error(`The development identity issues a token to every caller that can connect to ${config.host}.`);
  }
  console.log(json ? describeAsJson(service) : await describeService(service, config));
}

type Running = Pick<Service, "origin" | "metricsUrl">;

function describeAsJson({ origin, metricsUrl }: Running): string {
  return JSON.stringify({ origin, url: `${origin}${rootPath}`, docs: `${origin}/docs`, metrics: metricsUrl });
}

/** Returns all lines as one text, so that a program that waits for the first line receives all lines at the same time. */
async function describeService({ origin, metricsUrl }: Running, config: ServiceConfig): Promise<string> {
  const { identity, tls, dataDir } = config;
  const lines = [
    `API    ${origin}${rootPath}`,
    `Docs   ${origin}/docs`,
    `Token  ${identity.development ? tokenCommandLine(dataDir) : `from ${identity.issuers.join(", ")}`}`,
  ];
  if (tls?.kind === "local") lines.push(`Trust  ${(await import("../../tls/trust.ts")).trustCommand(dataDir)}`);
  if (metricsUrl !== undefined) lines.push(`Metrics ${metricsUrl}`);
  return lines.join("\n");
}

function tokenCommandLine(dataDir: string): string {
  return dataDir === "./data" ? commandLine("token") : commandLine("token", `--data-dir ${quoteForShell(dataDir)}`);
}
