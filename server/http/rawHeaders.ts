/**
 * Whether a header is sent more than once in a request. Node then keeps the first value, where other software keeps the last
 * (RFC 9112, 3.2), so neither must be trusted.
 * @param name in lower case. @param fields names and values in turn, as they arrived.
 */
export function isRepeated(name: string, fields: readonly string[]): boolean {
  let times = 0;
  for (let index = 0; index < fields.length; index += 2) {
    const field = fields[index];
    if (field?.length === name.length && field.toLowerCase() === name) times++;
  }
  return times > 1;
}
