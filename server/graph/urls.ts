/** Builds the URLs in answers. `root` is the absolute URL of the service root, such as `http://127.0.0.1:3000/beta`. */
import { operationRoutes } from "../../generated/operations.ts";

const profiles = operationRoutes.listProfiles.path;
/** `/assignments`: the segment after the profile's id in the path of its assignments. */
const assignments = operationRoutes.listAssignments.path.slice(operationRoutes.getProfile.path.length);

export function profileUrl(root: string, profileId: string): string {
  return `${root}${profiles}/${encodeURIComponent(profileId)}`;
}

export function assignmentUrl(root: string, profileId: string, assignmentId: string): string {
  return `${profileUrl(root, profileId)}${assignments}/${encodeURIComponent(assignmentId)}`;
}

/** @param query the query string without `?`. */
export function profilesPageUrl(root: string, query: string): string {
  return `${root}${profiles}?${query}`;
}

/** @param query the query string without `?`. */
export function assignmentsPageUrl(root: string, profileId: string, query: string): string {
  return `${profileUrl(root, profileId)}${assignments}?${query}`;
}

/** Context URLs (OData 4.01, 10). @param shown the selected and expanded properties, in parentheses. */
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

/** Escapes a string for use as a quoted key in an OData URL: quotes are doubled (OData 4.01 URL Conventions, 5.1.1.6.1). */
function quotedKey(id: string): string {
  // Every id that the service creates matches this pattern, and needs no escaping.
  if (/^[\w-]+$/.test(id)) return id;
  return encodeURIComponent(id.replaceAll("'", "''")).replaceAll("%27", "'");
}
