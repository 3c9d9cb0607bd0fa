/**
 * Deletes profiles with many assignments in slices. The profile itself is deleted at once: it gets a negative priority, and
 * no read and no command finds it. Its rows are deleted afterwards, a few in each turn of the event loop. If the service stops
 * in between, the rest is deleted after the next start.
 */
import type { DatabaseSync } from "node:sqlite";
import type { Health } from "./health.ts";
import type { Turns } from "./turns.ts";

/** The number of assignments that are deleted together. */
const rowsInSlice = 500;

/** The priority of a profile whose assignments are being deleted. */
const deletedPriority = -(2 ** 31);

export interface Removals {
  /** Deletes a profile with its assignments, or hides it if it has many. Must be called inside a transaction. */
  delete(tenant: string, profileId: string): void;
  /** Whether a profile is hidden, so that its remaining assignments must not be shown. */
  isHidden(tenant: string, profileId: string): boolean;
}

/** Also continues the deletions that a stop of the service has interrupted. */
export function openRemovals(database: DatabaseSync, turns: Turns, health: Health): Removals {
  const deleteAssignments = database.prepare(
    `DELETE FROM assignments WHERE (tenant, profile_id, id) IN
       (SELECT tenant, profile_id, id FROM assignments WHERE tenant = ? AND profile_id = ? LIMIT ${rowsInSlice})`,
  );
  const deleteProfile = database.prepare("DELETE FROM profiles WHERE tenant = ? AND id = ?");
  // Ranks are unique, and no other rank contains the hyphens of an id.
  const hideProfile = database.prepare(
    `UPDATE profiles SET priority = ${deletedPriority}, rank = '~' || id WHERE tenant = ? AND id = ?`,
  );
  // SQLite would choose another index, and read much of it.
  const findHidden = database.prepare(
    "SELECT tenant, id FROM profiles INDEXED BY profiles_being_deleted WHERE priority < 0 LIMIT 1",
  );
  const findOneHidden = database.prepare("SELECT 1 FROM profiles WHERE tenant = ? AND id = ? AND priority < 0");
  let isRunning = false;
  /** While it is false, no profile is hidden. */
  let mayHide = false;

  /** @returns whether rows remain. */
  function deleteRows(tenant: string, profileId: string): boolean {
    if (deleteAssignments.run(tenant, profileId).changes === rowsInSlice) return true;
    deleteProfile.run(tenant, profileId);
    return false;
  }

  /** @returns whether there may be more rows to delete. */
  function deleteNextSlice(): boolean {
    try {
      health.assertUndamaged();
      const hidden = findHidden.get();
      mayHide = hidden !== undefined;
      if (hidden) deleteRows(String(hidden["tenant"]), String(hidden["id"]));
      return mayHide;
    } catch (error) {
      // For example, the disk is full. The deletion continues with the next large one, or after the next start.
      health.writeFailed(error);
      return false;
    }
  }

  /** Starts after this turn of the event loop, so after the transaction that hides a profile. */
  function deleteHidden(): void {
    mayHide = true;
    if (isRunning) return;
    isRunning = true;
    // No tenant has this name, so deletions take turns with the slow queries of the tenants.
    turns.runInSlices("", () => {
      isRunning = deleteNextSlice();
      return isRunning;
    });
  }

  deleteHidden();
  return {
    delete(tenant, profileId) {
      if (!deleteRows(tenant, profileId)) return;
      hideProfile.run(tenant, profileId);
      deleteHidden();
    },
    isHidden: (tenant, profileId) => mayHide && findOneHidden.get(tenant, profileId) !== undefined,
  };
}
