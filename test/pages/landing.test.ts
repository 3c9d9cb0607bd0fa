/** Tests the content of the page at `/`, and the conditions under which it shows a token. */
import assert from "node:assert/strict";
import { request } from "node:http";
import { after, describe, test } from "node:test";
import { buildApp } from "../../server/app.ts";
import { ephemeralIdentity } from "../../server/auth/development.ts";
import { StoreUnavailable } from "../../server/domain/store.ts";
import { startEphemeralService } from "../../server/process/service.ts";
import { openSqliteStore } from "../../server/stores/sqlite/sqliteStore.ts";

const service = await startEphemeralService();
const { port } = new URL(service.origin);
after(() => service.close());

const token = /Bearer (eyJ[\w-]+\.[\w-]+\.[\w-]+)/;

interface Page {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Requests the page with exactly these headers. `fetch` would replace the Host header. */
function ask(headers: Readonly<Record<string, string>> = {}, method = "GET", to = port): Promise<Page> {
  return new Promise((resolve, reject) => {
    request({ port: to, host: "127.0.0.1", path: "/?q=<b>alert</b>", method, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    })
      .on("error", reject)
      .end();
  });
}

describe("the page at /", () => {
  test("has working links to the docs, the contract and the types", async () => {
    const { status, headers, text } = await ask();
    assert.equal(status, 200);
    assert.equal(headers["content-type"], "text/html; charset=utf-8");
    const paths = [...text.matchAll(/href="([^"]+)"/g)].map(([, path = ""]) => path);
    for (const path of ["/docs", "/openapi.yaml", "/openapi.json", "/beta/$metadata", ...paths]) {
      assert.ok(paths.includes(path), path);
      assert.equal((await fetch(`${service.origin}${path}`)).status, 200, path);
    }
  });

  test("has a curl command that creates a profile with a new token, and shows the number of profiles", async () => {
    assert.match((await ask()).text, /has 0 profiles/);
    const { text } = await ask();
    assert.notEqual(token.exec(text)?.[1], token.exec((await ask()).text)?.[1]);
    const command = (/<code>(curl.*?)<\/code>/s.exec(text)?.[1] ?? "").replace(/&#(\d+);/g, (_, code) =>
      String.fromCharCode(Number(code)),
    );
    const [, url = ""] = /(http:\S+)/.exec(command) ?? [];
    const [, body = ""] = /-d '(.*)'/.exec(command) ?? [];
    const headers = Object.fromEntries(
      [...command.matchAll(/-H "(.*?): (.*?)"/g)].map(([, name, value]) => [name, value]),
    );
    assert.equal((await fetch(url, { method: "POST", headers, body })).status, 201);
    assert.match((await ask()).text, /has 1 profile\./);
  });

  test("cannot be cached, framed or read by another origin, and contains no script", async () => {
    const { headers, text } = await ask();
    assert.equal(headers["cache-control"], "no-store");
    assert.equal(headers["cross-origin-resource-policy"], "same-origin");
    assert.equal(headers["access-control-allow-origin"], undefined);
    const policy = String(headers["content-security-policy"]);
    assert.match(policy, /^default-src 'none'; style-src 'self';/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|script/);
    assert.doesNotMatch(text, /<script|<style|style=|onclick|alert/);
  });

  test("answers HEAD without a body, OPTIONS with the allowed methods, and other methods with 405", async () => {
    const head = await ask({}, "HEAD");
    assert.deepEqual([head.status, head.text], [200, ""]);
    const options = await ask({}, "OPTIONS");
    assert.deepEqual([options.status, options.headers["allow"]], [204, "GET, HEAD, OPTIONS"]);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const { status, headers, text } = await ask({}, method);
      assert.deepEqual([status, headers["allow"]], [405, "GET, HEAD, OPTIONS"]);
      assert.equal(JSON.parse(text).error.code, "MethodNotAllowed");
    }
  });
});

describe("the token on the page at /", () => {
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, "my.localhost", "[::1]:3000"]) {
    test(`the token on the page is shown to a request with the Host ${host}`, async () => {
      const { text } = await ask({ host });
      assert.match(text, token);
      assert.ok(text.includes(`http://${host}/beta/`));
    });
  }
  test("the token on the page is not shown to a request with a foreign host name, which is refused with 421", async () => {
    const { status, text } = await ask({ host: "evil.example" });
    assert.equal(status, 421);
    assert.doesNotMatch(text, token);
  });

  test("the token on the page is shown while the store is unavailable, with a message about this", async () => {
    const development = await ephemeralIdentity();
    const store = openSqliteStore(":memory:");
    const countProfiles = async () => {
      throw new StoreUnavailable("no connection", { retryAfter: 1 });
    };
    const broken = { ...store, read: { ...store.read, countProfiles } };
    const app = buildApp({ store: broken, verifyToken: development.verifyToken, development });
    const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
    const { text } = await ask({}, "GET", port);
    assert.match(text, token);
    assert.match(text, /The store cannot answer now\./);
    await app.close();
    await store.close();
  });

  const startForOthers = async (trustProxy?: string) => {
    const development = await ephemeralIdentity();
    const store = openSqliteStore(":memory:");
    const { verifyToken } = development;
    const isOwnHost = () => true;
    const app = buildApp({
      store,
      verifyToken,
      development,
      isOwnHost,
      ...(trustProxy !== undefined && { trustProxy }),
    });
    const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
    return {
      port,
      close: async () => {
        await app.close();
        await store.close();
      },
    };
  };
  test("the token on the page is hidden, like the number of profiles, if the host name is not a name of this machine", async () => {
    const open = await startForOthers();
    const { status, text } = await ask({ host: "enrollment.test" }, "GET", open.port);
    assert.equal(status, 200);
    assert.doesNotMatch(text, token);
    assert.doesNotMatch(text, /profiles?\./);
    await open.close();
  });
  test("the token on the page is shown through a proxy only if Host and X-Forwarded-Host are names of this machine", async () => {
    const open = await startForOthers("loopback");
    const asked = [
      [{ host: "localhost", "x-forwarded-host": "enrollment.test" }, false],
      [{ host: "enrollment.test", "x-forwarded-host": "localhost" }, false],
      [{ host: "localhost", "x-forwarded-host": "127.0.0.1" }, true],
    ] as const;
    for (const [headers, isShown] of asked) {
      assert.equal(token.test((await ask(headers, "GET", open.port)).text), isShown, JSON.stringify(headers));
    }
    await open.close();
  });
  test("the token on the page is replaced by an explanation of AUTH_ISSUER if there is no development identity", async () => {
    const { verifyToken } = await ephemeralIdentity();
    const store = openSqliteStore(":memory:");
    const app = buildApp({ store, verifyToken, storage: "A <b>file</b> of its own." });
    const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
    const { text } = await ask({}, "GET", port);
    assert.doesNotMatch(text, token);
    assert.match(text, /AUTH_ISSUER/);
    assert.match(text, /A &#60;b&#62;file&#60;\/b&#62; of its own\./);
    await app.close();
    await store.close();
  });
});
