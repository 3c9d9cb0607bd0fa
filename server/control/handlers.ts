/** The handlers of the control API, in the order of control.yaml. api/mount.ts validates requests and sends answers. */

import type { ControlHandlers } from "../api/handlerTypes.ts";
import type { AssignmentIds } from "../domain/commands/assignmentIds.ts";
import { noContent, replaceContent, seedContent } from "../domain/commands/tenantContent.ts";
import { short } from "../domain/errors.ts";
import type { Store } from "../domain/store.ts";
import { seedOf } from "../graph/profileBodies.ts";
import type { FaultInjector } from "./faultInjection.ts";
import { createSnapshots, readContent } from "./snapshots.ts";

export interface ControlDependencies {
  readonly store: Store;
  /** The ids of assignments that callers see. */
  readonly ids: AssignmentIds;
  readonly faults: FaultInjector;
  /** Creates the ids of profiles, assignments and snapshots. */
  readonly newId: () => string;
  readonly now: () => Date;
}

export function createControlHandlers({ store, ids, faults, newId, now }: ControlDependencies): ControlHandlers {
  const snapshots = createSnapshots();

  return {
    reset: async ({ principal: { tenant }, reply }) => {
      await store.decide(tenant, replaceContent(noContent));
      faults.drop(tenant);
      return reply(204);
    },

    seed: async ({ body, principal, reply, refuse }) => {
      const command = seedContent({ seeds: body.profiles.map(seedOf), newId, now: now().toISOString(), ids });
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
      snapshots.save(tenant, id, await readContent(store, tenant));
      return reply(201, { id });
    },

    restoreSnapshot: async ({ path: { snapshotId }, principal: { tenant }, reply, refuse }) => {
      const content = snapshots.find(tenant, snapshotId);
      if (!content) {
        const message = `The tenant has no snapshot with the id '${short(snapshotId)}'. The service keeps only the last 100 snapshots.`;
        return refuse({ kind: "notFound", target: "snapshotId", message });
      }
      await store.decide(tenant, replaceContent(content));
      return reply(204);
    },

    failNext: async ({ body, principal, reply, refuse }) => {
      const error = faults.queue(principal.tenant, body);
      return error ? refuse(error) : reply(204);
    },
  };
}
