/** The URLs in answers. `root` is the absolute URL of the service root, such as `http://127.0.0.1:3000/beta`. */
import { operationRoutes } from "../../generated/operations.ts";

const profiles = operationRoutes.listProfiles.path;
/** `/assignments`: what follows a profile in the path of its assignments. */
const assignments = operationRoutes.listAssignments.path.slice(operationRoutes.getProfile.path.length);

export function profileUrl(root: string, profileId: string): string {
  return `${root}${profiles}/${encodeURIComponent(profileId)}`;
}

export function assignmentUrl(root: string, profileId: string, assignmentId: string): string {
  return `${profileUrl(root, profileId)}${assignments}/${encodeURIComponent(assignmentId)}`;
}

/** @param query without `?`. */
export function profilesPageUrl(root: string, query: string): string {
  return `${root}${profiles}?${query}`;
}

/** @param query without `?`. */
export function assignmentsPageUrl(root: string, profileId: string, query: string): string {
  return `${profileUrl(root, profileId)}${assignments}?${query}`;
}

/** Context URLs describe the content of an answer (OData 4.01, 10). @param shown what is selected and expanded, in parentheses. */
export const context = {
  profiles: (root: string, shown = "") => profilesContext(root) + shown,
  profile: (root: string, shown = "") => `${profilesContext(root)}${shown}/$entity`,
  assignments: (root: string, profileId: string, shown = "") => assignmentsContext(root, profileId) + shown,
  assignment: (root: string, profileId: string, shown = "") => `${assignmentsContext(root, profileId)}${shown}/$entity`,
  assignmentsDelta: (root: string, profileId: string) => `${assignmentsContext(root, profileId)}/$delta`,
};

const profilesFragment = `/$metadata#${profiles.slice(1)}`;

function profilesContext(root: string): string {
  return root + profilesFragment;
}

function assignmentsContext(root: string, profileId: string): string {
  return `${root}${profilesFragment}('${quotedKey(profileId)}')${assignments}`;
}

/** A string for the key form of an OData URL, `'…'`: quotes are doubled (OData 4.01 URL Conventions, 5.1.1.6.1). */
function quotedKey(id: string): string {
  // The form of all ids that the service makes.
  if (/^[\w-]+$/.test(id)) return id;
  return encodeURIComponent(id.replaceAll("'", "''")).replaceAll("%27", "'");
}
