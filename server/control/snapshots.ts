/** Snapshots of tenants' data, kept in memory. */
import type { TenantContent } from "../domain/commands/tenantContent.ts";
import type { Target } from "../domain/model.ts";
import type { Store } from "../domain/store.ts";

export interface Snapshots {
  /** Saves a tenant's data. Other tenants cannot use the snapshot's id. */
  save(tenant: string, id: string, content: TenantContent): void;
  find(tenant: string, id: string): TenantContent | undefined;
}

/** The maximum number of snapshots for all tenants together. When it is exceeded, the oldest snapshot is deleted. */
const maxSnapshots = 100;

export function createSnapshots(): Snapshots {
  const snapshots = new Map<string, TenantContent>();
  const keyOf = (tenant: string, id: string) => `${tenant} ${id}`;
  return {
    save(tenant, id, content) {
      const [oldest] = snapshots.keys();
      if (snapshots.size >= maxSnapshots && oldest !== undefined) snapshots.delete(oldest);
      snapshots.set(keyOf(tenant, id), content);
    },
    find: (tenant, id) => snapshots.get(keyOf(tenant, id)),
  };
}

/**
 * Reads all data of a tenant in two reads: profiles, then assignments. They are consistent only if no other request writes
 * to the tenant's data between them.
 * @throws StoreUnavailable
 */
export async function readContent({ read }: Store, tenant: string): Promise<TenantContent> {
  const profiles = await read.profiles(tenant);
  const found = await read.assignmentsOfAll(
    tenant,
    profiles.map(({ id }) => id),
  );
  const assignments = [...found].flatMap(([profileId, ofProfile]) =>
    ofProfile.map(({ id, target, version }) => {
      const parsed: Target = JSON.parse(String(target));
      return { profileId, assignment: { id, target: parsed, version } };
    }),
  );
  return { profiles, assignments };
}
