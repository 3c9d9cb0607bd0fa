/** The URLs that answers carry. `root` is the absolute URL of the service root, such as `http://127.0.0.1:3000/beta`. */

const profiles = "deviceManagement/appleUserInitiatedEnrollmentProfiles";

/** A string in the key form of an OData URL, `'…'`: quotes are doubled (OData 4.01 URL conventions, 5.1.1.6.1). */
function key(id: string): string {
  // As every id that the service makes.
  if (/^[\w-]+$/.test(id)) return id;
  return encodeURIComponent(id.replaceAll("'", "''")).replaceAll("%27", "'");
}

export function profileUrl(root: string, profileId: string): string {
  return `${root}/${profiles}/${encodeURIComponent(profileId)}`;
}

export function assignmentUrl(root: string, profileId: string, assignmentId: string): string {
  return `${profileUrl(root, profileId)}/assignments/${encodeURIComponent(assignmentId)}`;
}

/** @param query without `?`. */
export function profilesPageUrl(root: string, query: string): string {
  return `${root}/${profiles}?${query}`;
}

/** @param query without `?`. */
export function assignmentsPageUrl(root: string, profileId: string, query: string): string {
  return `${profileUrl(root, profileId)}/assignments?${query}`;
}

/** Context URLs say what an answer holds (OData 4.01, 10). @param shown what is selected and expanded, in parentheses. */
export const context = {
  profiles: (root: string, shown = "") => `${root}/$metadata#${profiles}${shown}`,
  profile: (root: string, shown = "") => `${root}/$metadata#${profiles}${shown}/$entity`,
  assignments: (root: string, profileId: string, shown = "") =>
    `${root}/$metadata#${profiles}('${key(profileId)}')/assignments${shown}`,
  assignment: (root: string, profileId: string, shown = "") =>
    `${root}/$metadata#${profiles}('${key(profileId)}')/assignments${shown}/$entity`,
  assignmentsDelta: (root: string, profileId: string) =>
    `${root}/$metadata#${profiles}('${key(profileId)}')/assignments/$delta`,
};
