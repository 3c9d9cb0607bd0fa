/** The settings from flags and environment variables, parsed when they are read. */
import { type SettingName, type Settings, type SettingTexts, settings, variableName } from "./settings.ts";

export interface GivenSettings {
  /** Parses a setting, or its default. @throws StartRefused if the text of the setting is invalid. */
  value<Name extends SettingName>(name: Name): Settings[Name];
  /** The setting as the user gave it, for messages: `--port` or `PORT`. */
  nameOf(name: SettingName): string;
}

export function createGivenSettings(
  texts: SettingTexts,
  nameOf: GivenSettings["nameOf"] = variableName,
): GivenSettings {
  return {
    nameOf,
    value(name) {
      const { default: fallback = "", refusesEmpty = false, parse } = settings[name];
      const text = refusesEmpty ? (texts[name] ?? fallback) : texts[name] || fallback;
      return parse(text, nameOf(name));
    },
  };
}
