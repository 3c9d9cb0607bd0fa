import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import type { OperationId, Status } from "../../client/index.ts";
import { brokenTenant, failureHeader, internals, throttledTenant, unavailableTenant } from "../support/faulty.ts";
import { type Answered, type Call, profilesPath, type Tenant, type World } from "../support/tenant.ts";

/** Creates a `describe` block for each status. The type of `statuses` requires exactly those that the contract declares. */
export function describeOperation<Op extends OperationId>(
  operationId: Op,
  statuses: { readonly [S in Status<Op>]: () => void },
): void {
  describe(operationId, () => {
    for (const [status, tests] of Object.entries<() => void>(statuses)) describe(status, tests);
  });
}

/** Tests the error statuses that all operations share. @param call a request with a valid token and sufficient scopes. */
export function refusals(world: World, call: Call, access: "read" | "write") {
  return {
    401: () => {
      const refused = async (token: string | null): Promise<Answered> => {
        const answer = await (await world.tenant()).call({ ...call, token });
        assert.equal(answer.status, 401);
        assert.equal(answer.error.code, "InvalidAuthenticationToken");
        return answer;
      };
      test("refuses a request without a token, and asks for one in WWW-Authenticate", async () => {
        const answer = await refused(null);
        assert.equal(answer.headers.get("www-authenticate"), 'Bearer realm="apple-enrollment"');
      });
      test("refuses an expired token, and says that it has expired", async () => {
        const answer = await refused(await world.token({ lifetime: -1 }));
        assert.match(answer.error.message, /^The access token has expired: its exp claim is /);
        assert.match(answer.headers.get("www-authenticate") ?? "", /error="invalid_token"/);
      });
      test("refuses a token that is not a JWT, and says so", async () => {
        assert.equal((await refused("nonsense")).error.message, "The access token is not a valid JWT.");
      });
    },
    403: () => {
      const wrong = access === "read" ? ["User.Read.All"] : ["DeviceManagementServiceConfig.Read.All"];
      test(`refuses a token that has only the scope ${wrong.join()}, and names the required scopes`, async () => {
        const answer = await (await world.tenant()).call({ ...call, token: await world.token({ scopes: wrong }) });
        assert.equal(answer.status, 403);
        assert.equal(answer.error.code, "Forbidden");
        assert.match(answer.error.message, /DeviceManagementConfiguration\.ReadWrite\.All/);
        assert.equal(/\.Read\.All/.test(answer.error.message), access === "read");
      });
    },
    429: () => {
      test("sends Retry-After if the application has sent too many requests", async () => {
        const answer = await (await world.tenant(throttledTenant)).call(call);
        assert.equal(answer.status, 429);
        assert.equal(answer.error.code, "TooManyRequests");
        // The application's token bucket needs 1,000 seconds to fill up, and has been filling since the tests started.
        assert.match(answer.headers.get("retry-after") ?? "", /^([1-9]\d{0,2}|1000)$/);
      });
    },
    500: () => {
      test("returns no internal details if the service has a bug", async () => {
        const answer = await (await world.tenant(brokenTenant)).call(call);
        assert.equal(answer.status, 500);
        assert.equal(answer.error.code, "InternalServerError");
        assert.ok(!JSON.stringify(answer.body).includes(internals));
      });
    },
    503: () => {
      test("sends Retry-After if the store is unavailable", async () => {
        const answer = await (await world.tenant(unavailableTenant)).call(call);
        assert.equal(answer.status, 503);
        assert.equal(answer.error.code, "ServiceUnavailable");
        assert.equal(answer.headers.get("retry-after"), "7");
        assert.ok(!JSON.stringify(answer.body).includes(internals));
      });
    },
  };
}

/** Tests the statuses 500 and 503 of an operation that does not call the store. A header injects the errors. */
export function failures(world: World, call: Call) {
  return {
    500: () => {
      test("returns no internal details if the service has a bug", async () => {
        const answer = await (await world.tenant()).call({ ...call, headers: { [failureHeader]: "fault" } });
        assert.equal(answer.status, 500);
        assert.equal(answer.error.code, "InternalServerError");
        assert.ok(!JSON.stringify(answer.body).includes(internals));
      });
    },
    503: () => {
      test("sends Retry-After if the service is unavailable", async () => {
        const answer = await (await world.tenant()).call({ ...call, headers: { [failureHeader]: "outage" } });
        assert.equal(answer.status, 503);
        assert.equal(answer.error.code, "ServiceUnavailable");
        assert.equal(answer.headers.get("retry-after"), "7");
      });
    },
  };
}

/** Tests the error statuses that all operations with a request body share. */
export function bodyRefusals(world: World, call: Call) {
  return {
    413: () => {
      test("refuses a request body of 2 MiB, and names the limit", async () => {
        const answer = await (await world.tenant()).call({ ...call, body: `"${"a".repeat(2 ** 21)}"` });
        assert.equal(answer.status, 413);
        assert.match(answer.error.message, /1048576 bytes/);
      });
    },
    415: () => {
      test("refuses a request body of type text/plain, and names the right media type", async () => {
        const answer = await (await world.tenant()).call({ ...call, headers: { "content-type": "text/plain" } });
        assert.equal(answer.status, 415);
        assert.equal(answer.error.target, "Content-Type");
        assert.match(answer.error.message, /^Content-Type is text\/plain; it must be application\/json/);
      });
      test("refuses a request body that is compressed with Brotli, and names Content-Encoding", async () => {
        const answer = await (await world.tenant()).call({ ...call, headers: { "content-encoding": "br" } });
        assertRefused(answer, 415, "Content-Encoding");
      });
    },
  };
}

/** Tests the error statuses that all repeatable operations share. */
export function repeatRefusals(world: World, call: Call) {
  const keyed = (sent: Date) => ({
    "Repeatability-Request-ID": randomUUID(),
    "Repeatability-First-Sent": sent.toUTCString(),
  });
  return {
    409: () => {
      test("refuses the repeatability id of a different request, and names its header", async () => {
        const tenant = await world.tenant();
        const headers = keyed(new Date());
        await tenant.call({ method: "POST", path: profilesPath, body: { displayName: "another" }, headers });
        const answer = await tenant.call({ ...call, headers });
        assertRefused(answer, 409, "Repeatability-Request-ID");
        assert.equal(answer.headers.get("repeatability-result"), "rejected");
      });
    },
    412: () => {
      test("refuses a request that was first sent two days ago, and names the header with this date", async () => {
        const headers = keyed(new Date(Date.now() - 2 * 24 * 60 * 60 * 1000));
        const answer = await (await world.tenant()).call({ ...call, headers });
        assertRefused(answer, 412, "Repeatability-First-Sent");
        assert.equal(answer.headers.get("repeatability-result"), "rejected");
      });
    },
  };
}

/** Tests that an operation refuses query options that it does not support. */
export function testQueryOptions(world: World, call: Call): void {
  for (const name of ["$search", "%24apply"]) {
    test(`refuses the query option ${name}, and names it in the error`, async () => {
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
    ["the entity tag", (etag: string) => etag],
    ["the entity tag in its strong form", (etag: string) => etag.replace("W/", "")],
    ["a list with the entity tag", (etag: string) => `W/"0", ${etag}`],
    ["*", () => "*"],
  ] as const) {
    test(`answers with the ETag header and no body if If-None-Match is ${what}`, async () => {
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
  test("returns 200 if If-None-Match has another entity tag", async () => {
    const tenant = await world.tenant();
    const { path } = await make(tenant);
    const answer = await tenant.call({ method: "GET", path, headers: { "if-none-match": 'W/"0"' } });
    assert.equal(answer.status, 200);
  });
}

/** Asserts the status of an error, and that it names the part of the request that caused it. */
export function assertRefused(answer: Answered, status: number, target: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.error.target, target);
  assert.ok(answer.error.message.length > 0);
  assert.equal(answer.error.details?.[0]?.target, target);
}
