/**
 * Whether a header stands more than once in a request. Of two, Node keeps the first where others keep the last
 * (RFC 9112, 3.2): what they say must not be believed.
 * @param name in lower case.
 * @param fields names and values in turn, as they came.
 */
export function isRepeated(name: string, fields: readonly string[]): boolean {
  let times = 0;
  for (let index = 0; index < fields.length; index += 2) {
    const field = fields[index];
    if (field?.length === name.length && field.toLowerCase() === name) times++;
  }
  return times > 1;
}
