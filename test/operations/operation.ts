import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import type { OperationId, Status } from "../../client/index.ts";
import { brokenTenant, failureHeader, internals, throttledTenant, unavailableTenant } from "../support/faulty.ts";
import { type Answered, type Call, profilesPath, type Tenant, type World } from "../support/tenant.ts";

/** Makes one `describe` for each status that the contract declares. A missing or another status does not compile. */
export function describeOperation<Op extends OperationId>(
  operationId: Op,
  statuses: { readonly [S in Status<Op>]: () => void },
): void {
  describe(operationId, () => {
    for (const [status, tests] of Object.entries<() => void>(statuses)) describe(status, tests);
  });
}

/** The statuses that every operation has for the same reasons. @param call a request that passes the checks of token and scopes. */
export function refusals(world: World, call: Call, access: "read" | "write") {
  return {
    401: () => {
      const refused = async (token: string | null): Promise<Answered> => {
        const answer = await (await world.tenant()).call({ ...call, token });
        assert.equal(answer.status, 401);
        assert.equal(answer.error.code, "InvalidAuthenticationToken");
        return answer;
      };
      test("without a token says that one is needed", async () => {
        const answer = await refused(null);
        assert.equal(answer.headers.get("www-authenticate"), 'Bearer realm="apple-enrollment"');
      });
      test("with an expired token says so", async () => {
        const answer = await refused(await world.token({ lifetime: -1 }));
        assert.equal(answer.error.message, "The access token has expired.");
        assert.match(answer.headers.get("www-authenticate") ?? "", /error="invalid_token"/);
      });
      test("with something that is not a JWT says so", async () => {
        assert.equal((await refused("nonsense")).error.message, "The access token is not a valid JWT.");
      });
    },
    403: () => {
      const wrong = access === "read" ? ["User.Read.All"] : ["DeviceManagementServiceConfig.Read.All"];
      test(`with only ${wrong.join()} names the scopes that are needed`, async () => {
        const answer = await (await world.tenant()).call({ ...call, token: await world.token({ scopes: wrong }) });
        assert.equal(answer.status, 403);
        assert.equal(answer.error.code, "Forbidden");
        assert.match(answer.error.message, /DeviceManagementConfiguration\.ReadWrite\.All/);
        assert.equal(/\.Read\.All/.test(answer.error.message), access === "read");
      });
    },
    429: () => {
      test("after too many requests of the application says when to try again", async () => {
        const answer = await (await world.tenant(throttledTenant)).call(call);
        assert.equal(answer.status, 429);
        assert.equal(answer.error.code, "TooManyRequests");
        // The token bucket of this application needs a thousand seconds to fill; it started when the tests did.
        assert.match(answer.headers.get("retry-after") ?? "", /^([1-9]\d{0,2}|1000)$/);
      });
    },
    500: () => {
      test("if the service has a bug, shows no internal details", async () => {
        const answer = await (await world.tenant(brokenTenant)).call(call);
        assert.equal(answer.status, 500);
        assert.equal(answer.error.code, "InternalServerError");
        assert.ok(!JSON.stringify(answer.body).includes(internals));
      });
    },
    503: () => {
      test("if the store cannot answer, says when to try again", async () => {
        const answer = await (await world.tenant(unavailableTenant)).call(call);
        assert.equal(answer.status, 503);
        assert.equal(answer.error.code, "ServiceUnavailable");
        assert.equal(answer.headers.get("retry-after"), "7");
        assert.ok(!JSON.stringify(answer.body).includes(internals));
      });
    },
  };
}

/** The statuses of an operation that fails without calling the store. */
export function failures(world: World, call: Call) {
  return {
    500: () => {
      test("if the service has a bug, shows no internal details", async () => {
        const answer = await (await world.tenant()).call({ ...call, headers: { [failureHeader]: "fault" } });
        assert.equal(answer.status, 500);
        assert.equal(answer.error.code, "InternalServerError");
        assert.ok(!JSON.stringify(answer.body).includes(internals));
      });
    },
    503: () => {
      test("if the service cannot answer, says when to try again", async () => {
        const answer = await (await world.tenant()).call({ ...call, headers: { [failureHeader]: "outage" } });
        assert.equal(answer.status, 503);
        assert.equal(answer.error.code, "ServiceUnavailable");
        assert.equal(answer.headers.get("retry-after"), "7");
      });
    },
  };
}

/** The statuses that every operation with a body has for the same reasons. */
export function bodyRefusals(world: World, call: Call) {
  return {
    413: () => {
      test("with a body of 2 MiB names the limit", async () => {
        const answer = await (await world.tenant()).call({ ...call, body: `"${"a".repeat(2 ** 21)}"` });
        assert.equal(answer.status, 413);
        assert.match(answer.error.message, /1048576 bytes/);
      });
    },
    415: () => {
      test("with text/plain names the right media type", async () => {
        const answer = await (await world.tenant()).call({ ...call, headers: { "content-type": "text/plain" } });
        assert.equal(answer.status, 415);
        assert.equal(answer.error.target, "Content-Type");
        assert.match(answer.error.message, /^Content-Type is text\/plain; it must be application\/json/);
      });
      test("with an encoded body says that encodings are not supported", async () => {
        const answer = await (await world.tenant()).call({ ...call, headers: { "content-encoding": "gzip" } });
        assertRefused(answer, 415, "Content-Encoding");
      });
    },
  };
}

/** The statuses that every repeatable operation has for the same reasons. */
export function repeatRefusals(world: World, call: Call) {
  const keyed = (sent: Date) => ({
    "Repeatability-Request-ID": randomUUID(),
    "Repeatability-First-Sent": sent.toUTCString(),
  });
  return {
    409: () => {
      test("with the repeatability id of another request names it", async () => {
        const tenant = await world.tenant();
        const headers = keyed(new Date());
        await tenant.call({ method: "POST", path: profilesPath, body: { displayName: "another" }, headers });
        const answer = await tenant.call({ ...call, headers });
        assertRefused(answer, 409, "Repeatability-Request-ID");
        assert.equal(answer.headers.get("repeatability-result"), "rejected");
      });
    },
    412: () => {
      test("that was first sent two days ago names that date", async () => {
        const headers = keyed(new Date(Date.now() - 2 * 24 * 60 * 60 * 1000));
        const answer = await (await world.tenant()).call({ ...call, headers });
        assertRefused(answer, 412, "Repeatability-First-Sent");
        assert.equal(answer.headers.get("repeatability-result"), "rejected");
      });
    },
  };
}

/** Every operation refuses query options that it does not support, such as `$top` here. */
export function testQueryOptions(world: World, call: Call): void {
  for (const name of ["$search", "%24apply"]) {
    test(`with the query option ${name} names it`, async () => {
      const answer = await (await world.tenant()).call({ ...call, path: `${call.path}?${name}=1` });
      assertRefused(answer, 400, decodeURIComponent(name));
    });
  }
}

/** Tests of If-None-Match in the GET of an entity. @param make creates an entity and returns its path and entity tag. */
export function testConditions(
  world: World,
  make: (tenant: Tenant) => Promise<{ readonly path: string; readonly etag: string }>,
): void {
  for (const [what, condition] of [
    ["its entity tag", (etag: string) => etag],
    ["its entity tag as if it were strong", (etag: string) => etag.replace("W/", "")],
    ["its entity tag among others", (etag: string) => `W/"0", ${etag}`],
    ["any entity at all", () => "*"],
  ] as const) {
    test(`for a caller that has ${what} has no body, but the entity tag`, async () => {
      const tenant = await world.tenant();
      const { path, etag } = await make(tenant);
      for (const method of ["GET", "HEAD"]) {
        const send = method === "GET" ? tenant.call : tenant.callDirectly;
        const answer = await send({ method, path, headers: { "if-none-match": condition(etag) } });
        assert.equal(answer.status, 304);
        assert.equal(answer.body, "");
        assert.equal(answer.headers.get("etag"), etag);
        assert.equal(answer.headers.get("content-type"), null);
      }
    });
  }
  test("is not the answer if the caller has another entity tag", async () => {
    const tenant = await world.tenant();
    const { path } = await make(tenant);
    const answer = await tenant.call({ method: "GET", path, headers: { "if-none-match": 'W/"0"' } });
    assert.equal(answer.status, 200);
  });
}

/** Asserts an error and the part of the request that it names. */
export function assertRefused(answer: Answered, status: number, target: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.error.target, target);
  assert.ok(answer.error.message.length > 0);
  assert.equal(answer.error.details?.[0]?.target, target);
}
