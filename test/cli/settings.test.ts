/** Tests how the text of each setting is parsed, and which name an error message uses for the setting. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createGivenSettings } from "../../server/process/givenSettings.ts";
import { createServiceConfig } from "../../server/process/serviceConfig.ts";
import { type SettingTexts, settingNames, settings } from "../../server/process/settings.ts";

const configOf = (texts: SettingTexts) => createServiceConfig(createGivenSettings(texts));

describe("settings", () => {
  test("a setting that is unset has its default, and an empty setting counts as unset unless it refuses empty texts", () => {
    const allEmpty = Object.fromEntries(
      settingNames.filter((name) => !settings[name].refusesEmpty).map((name) => [name, ""]),
    );
    assert.deepEqual(configOf(allEmpty), configOf({}));
    assert.deepEqual(configOf({}), {
      host: "127.0.0.1",
      port: 3000,
      dataDir: "./data",
      database: { kind: "sqlite", file: "data/apple-enrollment.sqlite" },
      databasePoolSize: 10,
      processes: 1,
      identity: {
        issuers: [],
        audiences: ["https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"],
        tenants: [],
        development: true,
        hosts: ["127.0.0.1"],
      },
      tls: undefined,
      rateLimit: undefined,
      strict: false,
      control: false,
      trustProxy: undefined,
      logLevel: "info",
      drainSeconds: 0,
      metrics: undefined,
    });
  });
  test("a setting that refuses empty texts says what it must be", () => {
    for (const name of settingNames.filter((name) => settings[name].refusesEmpty)) {
      assert.throws(() => configOf({ [name]: "" }), /^StartRefused: [A-Z_]+ is (empty|''); it must be /, name);
    }
  });
  test("a list setting is separated by spaces or commas, and TRUST_PROXY only by commas", () => {
    const { identity, trustProxy } = configOf({
      authIssuer: "https://one.example, https://two.example",
      allowedHosts: "API.example other.example",
      trustProxy: " 10.0.0.0/8 ,, loopback",
    });
    assert.deepEqual(identity.issuers, ["https://one.example", "https://two.example"]);
    assert.deepEqual(identity.hosts, ["127.0.0.1", "api.example", "other.example"]);
    assert.equal(trustProxy, "10.0.0.0/8,loopback");
  });
  test("an error message uses the name that the user gave (flag or variable), and truncates a long value", () => {
    const given = createGivenSettings({ port: "9".repeat(1000) }, () => "--port");
    assert.throws(() => given.value("port"), /^StartRefused: --port is '9{80}…'; it must be a whole number/);
  });
});
