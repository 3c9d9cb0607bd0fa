/** The table of settings: what its texts become, and by which name a message calls a setting. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createGivenSettings } from "../../server/process/givenSettings.ts";
import { createServiceConfig } from "../../server/process/serviceConfig.ts";
import { type SettingTexts, settingNames, settings } from "../../server/process/settings.ts";

const configOf = (texts: SettingTexts) => createServiceConfig(createGivenSettings(texts));

describe("a setting", () => {
  test("has its default if it is not given, and an empty text counts as not given where that is allowed", () => {
    const allEmpty = Object.fromEntries(
      settingNames.filter((name) => !settings[name].isRequired).map((name) => [name, ""]),
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
  test("is refused if it is empty and required", () => {
    for (const name of settingNames.filter((name) => settings[name].isRequired)) {
      assert.throws(() => configOf({ [name]: "" }), /^StartRefused: [A-Z_]+ is (empty|''); it must be /, name);
    }
  });
  test("that is a list is separated by spaces or commas, and the proxies by commas", () => {
    const { identity, trustProxy } = configOf({
      authIssuer: "https://one.example, https://two.example",
      allowedHosts: "API.example other.example",
      trustProxy: " 10.0.0.0/8 ,, loopback",
    });
    assert.deepEqual(identity.issuers, ["https://one.example", "https://two.example"]);
    assert.deepEqual(identity.hosts, ["127.0.0.1", "api.example", "other.example"]);
    assert.equal(trustProxy, "10.0.0.0/8,loopback");
  });
  test("is called in messages what the user called it, and a long value is cut short", () => {
    const given = createGivenSettings({ port: "9".repeat(1000) }, () => "--port");
    assert.throws(() => given.value("port"), /^StartRefused: --port is '9{80}…'; it must be a whole number/);
  });
});
