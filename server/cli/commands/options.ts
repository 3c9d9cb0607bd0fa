/** The options that several commands share, and the format of the examples in the help. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { defaultTenant } from "../../auth/development.ts";
import { isTenantId } from "../../auth/tenantId.ts";
import { createGivenSettings, type GivenSettings } from "../../process/givenSettings.ts";
import { flagName, type SettingName, type SettingTexts, settings, variableName } from "../../process/settings.ts";

/** Creates the option for a setting. @param help the help text for this command. Default: the setting's help text. */
export function settingOption(name: SettingName, help: string = describeSetting(name)): Option {
  const { placeholder, default: fallback } = settings[name];
  const option = new Option(`${flagName(name)} ${placeholder}`, help).env(variableName(name));
  if (fallback !== undefined) option.default(fallback);
  // Boolean settings accept a value: otherwise Commander would treat TLS=0, and an empty TLS= in a compose file, as true.
  return placeholder.startsWith("[") ? option.preset("true") : option;
}

function describeSetting(name: SettingName): string {
  const { help, defaultHelp } = settings[name];
  return defaultHelp === undefined ? help : `${help} (default: ${defaultHelp})`;
}

/** Collects the settings that a command received from flags and environment variables. */
export function collectSettings(command: Command): GivenSettings {
  return createGivenSettings(command.opts<SettingTexts>(), (name) =>
    command.getOptionValueSource(name) === "cli" ? flagName(name) : variableName(name),
  );
}

export function tenantOption(): Option {
  return new Option("--tenant <uuid>", "the tenant's id, a UUID: the claim tid of the token")
    .argParser(parseTenant)
    .default(defaultTenant);
}

/** Formats the examples at the end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return ["\nExamples:", ...lines].join("\n  ");
}

export function seconds(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 31_536_000) return value;
  throw new InvalidArgumentError("It must be a whole number from 1 to 31536000.");
}

function parseTenant(text: string): string {
  if (isTenantId(text)) return text;
  throw new InvalidArgumentError(`It must be a UUID, for example ${defaultTenant}.`);
}

/** Adds the options of a command that calls a service. */
export function withService(command: Command): Command {
  return command
    .addOption(new Option("--url <url>", "URL of the service root").default("http://127.0.0.1:3000/beta"))
    .addOption(
      new Option("--token <jwt>", "access token (default: one signed with the development key in the data folder)").env(
        "TOKEN",
      ),
    )
    .addOption(tenantOption().conflicts("token"))
    .addOption(settingOption("dataDir"));
}
