/**
 * Whether a request contains a header more than once. Node keeps the first value, but a proxy may have used the last one
 * (RFC 9112, 3.2), so neither value can be trusted.
 * @param name the header's name in lower case. @param fields alternating names and values, as in Node's `rawHeaders`.
 */
export function isRepeated(name: string, fields: readonly string[]): boolean {
  let times = 0;
  for (let index = 0; index < fields.length; index += 2) {
    const field = fields[index];
    if (field?.length === name.length && field.toLowerCase() === name) times++;
  }
  return times > 1;
}
