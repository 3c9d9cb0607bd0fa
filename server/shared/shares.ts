/** Counts each tenant's share of a limited resource of the process, such as memory or connections. */
export class Shares {
  readonly #shares = new Map<string, number>();
  #total = 0;

  /** The sum of all shares. */
  get total(): number {
    return this.#total;
  }

  of(tenant: string): number {
    return this.#shares.get(tenant) ?? 0;
  }

  /** @param amount negative if the tenant gives something back. */
  add(tenant: string, amount: number): void {
    this.#total += amount;
    const share = this.of(tenant) + amount;
    if (share === 0) this.#shares.delete(tenant);
    else this.#shares.set(tenant, share);
  }

  /** Returns the tenant with the largest share. Undefined if no tenant has a share. */
  largest(): string | undefined {
    let [largest, most]: [string | undefined, number] = [undefined, 0];
    for (const [tenant, share] of this.#shares) if (share > most) [largest, most] = [tenant, share];
    return largest;
  }
}
