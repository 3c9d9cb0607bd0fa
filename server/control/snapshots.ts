/** What tenants had when somebody asked to remember it. */
import type { Target } from "../domain/model.ts";
import type { Store } from "../domain/store.ts";
import type { TenantContent } from "../domain/tenantContent.ts";

export interface Snapshots {
  /** Remembers the content under the id, for this tenant alone. */
  keep(tenant: string, id: string, content: TenantContent): void;
  find(tenant: string, id: string): TenantContent | undefined;
}

/** So many are kept, of all tenants together; the oldest goes first. */
const kept = 100;

export function openSnapshots(): Snapshots {
  const snapshots = new Map<string, TenantContent>();
  const keyOf = (tenant: string, id: string) => `${tenant} ${id}`;
  return {
    keep(tenant, id, content) {
      const [oldest] = snapshots.keys();
      if (snapshots.size >= kept && oldest !== undefined) snapshots.delete(oldest);
      snapshots.set(keyOf(tenant, id), content);
    },
    find: (tenant, id) => snapshots.get(keyOf(tenant, id)),
  };
}

/** All that the tenant has. Two reads: it is of one moment only if nobody writes meanwhile. @throws StoreUnavailable */
export async function contentOf({ read }: Store, tenant: string): Promise<TenantContent> {
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
