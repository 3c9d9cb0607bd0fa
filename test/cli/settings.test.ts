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
  test("the rate limit is 100 requests per second if there is an issuer, and a burst is as large as the limit", () => {
    const authIssuer = "https://one.example";
    const rateOf = (texts: SettingTexts) => configOf(texts).rateLimit;
    assert.equal(rateOf({}), undefined);
    assert.deepEqual(rateOf({ authIssuer }), { perSecond: 100, burst: 100 });
    assert.equal(rateOf({ authIssuer, rateLimit: "0" }), undefined);
    assert.deepEqual(rateOf({ authIssuer, rateLimit: "5" }), { perSecond: 5, burst: 5 });
    assert.deepEqual(rateOf({ rateLimit: "5" }), { perSecond: 5, burst: 5 });
    assert.deepEqual(rateOf({ authIssuer, rateBurst: "7" }), { perSecond: 100, burst: 7 });
  });
  test("TLS=false turns TLS off although there is a certificate, and TLS=true prefers the certificate to the local CA", () => {
    const files = { tlsCert: "cert.pem", tlsKey: "key.pem" };
    const fromFiles = { kind: "files", certFile: "cert.pem", keyFile: "key.pem" };
    assert.deepEqual(configOf(files).tls, fromFiles);
    assert.deepEqual(configOf({ ...files, tls: "true" }).tls, fromFiles);
    assert.equal(configOf({ ...files, tls: "false" }).tls, undefined);
    assert.deepEqual(configOf({ tls: "on" }).tls, { kind: "local" });
    assert.throws(() => configOf({ tls: "on", tlsKey: "key.pem" }), /TLS_KEY is set, but TLS_CERT/);
    assert.throws(() => configOf({ tlsCert: "cert.pem" }), /TLS_CERT is set, but TLS_KEY/);
  });
  test("tenants in AUTH_TENANTS and hosts in ALLOWED_HOSTS may be written in any case", () => {
    const tenant = "AAAABBBB-0000-CCCC-1111-DDDD2222EEEE";
    const { identity } = configOf({
      authIssuer: "https://one.example",
      authTenants: tenant,
      allowedHosts: "API.Example",
    });
    assert.deepEqual(identity.tenants, [tenant.toLowerCase()]);
    assert.deepEqual(identity.hosts, ["127.0.0.1", "api.example"]);
  });
  for (const [name, least, most] of [
    ["port", 0, 65_535],
    ["databasePoolSize", 1, 1000],
  ] as const) {
    test(`${name} may be from ${least} to ${most}`, () => {
      for (const value of [least, most]) assert.equal(configOf({ [name]: String(value) })[name], value);
      for (const value of [least - 1, most + 1]) {
        assert.throws(() => configOf({ [name]: String(value) }), /must be a whole number from/);
      }
    });
  }
  for (const [proxy, isAccepted] of [
    ["10.0.0.0/1", true],
    ["10.0.0.0/32", true],
    ["10.0.0.0/33", false],
    ["10.0.0.0/0", false],
    ["::1", true],
    ["fc00::/128", true],
    ["fc00::/129", false],
    ["::/0", false],
    ["10.0.0.0/8/8", false],
    ["10.0.0.0/", false],
  ] as const) {
    test(`TRUST_PROXY ${isAccepted ? "may" : "must not"} be ${proxy}`, () => {
      if (isAccepted) assert.equal(configOf({ trustProxy: proxy }).trustProxy, proxy);
      else assert.throws(() => configOf({ trustProxy: proxy }), /TRUST_PROXY contains/);
    });
  }
  test("DATABASE_URL may begin with postgres: or postgresql:", () => {
    for (const url of ["postgres://u:p@h:1/d", "postgresql://u:p@h:1/d"]) {
      assert.deepEqual(configOf({ databaseUrl: url }).database, { kind: "postgres", url });
    }
  });
  test("an error message uses the name that the user gave (flag or variable), and truncates a long value", () => {
    const given = createGivenSettings({ port: "9".repeat(1000) }, () => "--port");
    assert.throws(() => given.value("port"), /^StartRefused: --port is '9{80}…'; it must be a whole number/);
  });
});
