const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is a valid tenant id: a UUID of any version, in upper or lower case. */
export function isTenantId(text: string): boolean {
  return uuid.test(text);
}
