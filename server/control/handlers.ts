/** What each operation of control.yaml does, in its order. As in handlers.ts, requests arrive checked. */

import type { ControlHandlers } from "../api/handlerTypes.ts";
import { short } from "../domain/errors.ts";
import type { Store } from "../domain/store.ts";
import { noContent, replaceContent, seedContent } from "../domain/tenantContent.ts";
import { seedOf } from "../graph/profileBodies.ts";
import type { Failures } from "./failures.ts";
import { contentOf, openSnapshots } from "./snapshots.ts";

export interface ControlDependencies {
  readonly store: Store;
  readonly failures: Failures;
  /** As in HandlerDependencies. */
  readonly newId: () => string;
  readonly now: () => Date;
}

export function createControlHandlers({ store, failures, newId, now }: ControlDependencies): ControlHandlers {
  const snapshots = openSnapshots();

  return {
    reset: async ({ principal: { tenant }, reply }) => {
      await store.decide(tenant, replaceContent(noContent));
      failures.forget(tenant);
      return reply(204);
    },

    seed: async ({ body, principal, reply, refuse }) => {
      const command = seedContent({ seeds: body.profiles.map(seedOf), newId, now: now().toISOString() });
      const outcome = await store.decide(principal.tenant, command);
      if (!outcome.ok) return refuse(outcome.error);
      const profiles = outcome.value.map(({ id, assignmentIds }) => ({
        id,
        assignments: assignmentIds.map((id) => ({ id })),
      }));
      return reply(200, { profiles });
    },

    takeSnapshot: async ({ principal: { tenant }, reply }) => {
      const id = newId();
      snapshots.keep(tenant, id, await contentOf(store, tenant));
      return reply(201, { id });
    },

    restoreSnapshot: async ({ path: { snapshotId }, principal: { tenant }, reply, refuse }) => {
      const content = snapshots.find(tenant, snapshotId);
      if (!content) {
        const message = `The tenant has no snapshot with the id '${short(snapshotId)}', or no more: the last 100 are kept.`;
        return refuse({ kind: "notFound", target: "snapshotId", message });
      }
      await store.decide(tenant, replaceContent(content));
      return reply(204);
    },

    failNext: async ({ body, principal, reply, refuse }) => {
      const fault = failures.ask(principal.tenant, body);
      return fault ? refuse(fault) : reply(204);
    },
  };
}
