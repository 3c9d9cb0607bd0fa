/** Fills a tenant with many profiles and assignments at once, without a request for each of them. */
import { generateNKeysBetween } from "fractional-indexing";
import type { Profile } from "../../server/domain/model.ts";
import { accept, type Change, type Store } from "../../server/domain/store.ts";

const now = "2026-01-01T00:00:00.000Z";

export interface Filling {
  readonly profiles: number;
  /** The number of assignments of the profile `p0`. Default: 0. */
  readonly assignments?: number;
  /** The description of each profile. */
  readonly description?: string;
}

/** The ids are `p0`, `p1` and so on, by priority, and `a00000`, `a00001` and so on, by creation. */
export async function fillTenant(store: Store, tenant: string, filling: Filling): Promise<void> {
  const { profiles, assignments = 0, description = "A description" } = filling;
  const changes: Change[] = [];
  for (const [priority, rank] of generateNKeysBetween(null, null, profiles).entries()) {
    const profile: Profile = {
      id: `p${priority}`,
      displayName: `Profile ${priority}`,
      description,
      platform: "iOS",
      defaultEnrollmentType: "device",
      availableEnrollmentTypeOptions: [],
      createdDateTime: now,
      lastModifiedDateTime: now,
      priority,
      rank,
      version: 1,
    };
    changes.push({ kind: "insertProfile", profile });
  }
  for (let index = 0; index < assignments; index++) {
    const number = String(index).padStart(5, "0");
    const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: `g${number}` } as const;
    const assignment = { id: `a${number}`, version: 1, target: { ...noFilter, ...target } };
    changes.push({ kind: "insertAssignment", profileId: "p0", assignment });
  }
  await store.decide(tenant, { loads: { order: true }, decide: () => accept(undefined, ...changes) });
}

const noFilter = {
  deviceAndAppManagementAssignmentFilterId: null,
  deviceAndAppManagementAssignmentFilterType: "none",
} as const;
