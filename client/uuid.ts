/** Returns a random UUID (version 4). `crypto.randomUUID` is not available on pages loaded over plain http. */
export function newUuid(): string {
  return crypto.randomUUID?.() ?? uuidFromRandomValues();
}

function uuidFromRandomValues(): string {
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => {
    const [random = 0] = crypto.getRandomValues(new Uint8Array(1));
    return (Number(digit) ^ (random & (15 >> (Number(digit) / 4)))).toString(16);
  });
}
