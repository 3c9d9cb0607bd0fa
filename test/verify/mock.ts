/** Checks Prism's mock server, which stores nothing and answers with the examples in the contract. */
import assert from "node:assert/strict";
import type { Run } from "../../verify/judging/verdict.ts";
import { everything } from "../../verify/playing/selection.ts";
import { run } from "../../verify/run.ts";
import { nonsense } from "../../verify/server/callers.ts";
import type { Target } from "../../verify/server/target.ts";
import type { Prism } from "../support/prism.ts";
import { sendThrough } from "./gateway.ts";
import type { Gateway } from "./mutant.ts";

/** Checks the mock server through a gateway. @param include the patterns of `--include`. */
export async function checkMock(prism: Prism, gateway: Gateway, include: readonly string[] = []): Promise<Run> {
  const errors: unknown[] = [];
  const send = sendThrough(gateway, errors);
  // The header Prefer tells Prism which status to answer.
  let prefer: string | undefined;
  const target: Target = {
    baseUrl: prism.url,
    roots: [prism.url],
    tokens: { full: "any", reader: "any", powerless: "any", stranger: "any", nonsense },
    provoke: async (_operation, status) => {
      prefer = `code=${status}`;
      return undefined;
    },
    timeout: 30_000,
    fetch: (request) => {
      if (prefer !== undefined) request.headers.set("prefer", prefer);
      prefer = undefined;
      return send(request);
    },
  };
  const result = await run(target, { selection: { ...everything, include, stateless: true } });
  assert.deepEqual(errors, []);
  return result;
}
