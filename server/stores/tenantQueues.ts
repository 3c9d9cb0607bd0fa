/** Queues in which tenants take turns: however many items a tenant adds, the next item of another tenant comes soon. */
export class TenantQueues<Item> {
  readonly #byTenant = new Map<string, Queue<Item>>();
  /** The same queues. The one whose turn is next comes first. */
  readonly #order: Queue<Item>[] = [];
  readonly #limit: number;
  #length = 0;

  /**
   * @param limit the largest number of items in all queues together. When it is exceeded, the longest queue loses its last
   *   item, so that a tenant with many requests displaces its own requests and not those of other tenants.
   */
  constructor(limit = Number.POSITIVE_INFINITY) {
    this.#limit = limit;
  }

  /** The number of items in all queues. */
  get length(): number {
    return this.#length;
  }

  /** The tenants with waiting items. The tenant from which no item was taken for the longest time comes first. */
  tenants(): readonly string[] {
    return this.#order.map(({ tenant }) => tenant);
  }

  has(tenant: string): boolean {
    return this.#byTenant.has(tenant);
  }

  /** Adds an item. @returns the item that loses its place, which can be the added one. Undefined if there is room. */
  add(tenant: string, item: Item): Item | undefined {
    const queue = this.#byTenant.get(tenant) ?? this.#open(tenant);
    queue.items.push(item);
    this.#length += 1;
    return this.#length > this.#limit ? this.#dropLastOfLongest(queue) : undefined;
  }

  /** Takes the first items of a tenant's queue. If others remain, the tenant moves behind all other tenants. */
  take(tenant: string, count: number): Item[] {
    const queue = this.#byTenant.get(tenant);
    if (queue === undefined) return [];
    const taken = queue.items.splice(0, count);
    this.#length -= taken.length;
    this.#order.splice(this.#order.indexOf(queue), 1);
    this.#order.push(queue);
    if (queue.items.length === 0) this.#close(queue);
    return taken;
  }

  /** Takes the first item of the tenant whose turn is next. */
  takeNext(): Item | undefined {
    const [queue] = this.#order;
    if (queue === undefined) return undefined;
    this.#length -= 1;
    const item = queue.items.shift();
    if (queue.items.length === 0) this.#close(queue);
    else if (this.#order.length > 1) {
      this.#order.shift();
      this.#order.push(queue);
    }
    return item;
  }

  /** Removes an item, if it is still waiting. */
  remove(tenant: string, item: Item): void {
    const queue = this.#byTenant.get(tenant);
    const index = queue?.items.indexOf(item) ?? -1;
    if (queue === undefined || index < 0) return;
    queue.items.splice(index, 1);
    this.#length -= 1;
    if (queue.items.length === 0) this.#close(queue);
  }

  #open(tenant: string): Queue<Item> {
    const queue: Queue<Item> = { tenant, items: [] };
    this.#byTenant.set(tenant, queue);
    this.#order.push(queue);
    return queue;
  }

  #close(queue: Queue<Item>): void {
    this.#byTenant.delete(queue.tenant);
    this.#order.splice(this.#order.indexOf(queue), 1);
  }

  /** @param own loses its own last item, unless another queue is longer. */
  #dropLastOfLongest(own: Queue<Item>): Item | undefined {
    let longest = own;
    for (const queue of this.#order) if (queue.items.length > longest.items.length) longest = queue;
    const last = longest.items.at(-1);
    if (last !== undefined) this.remove(longest.tenant, last);
    return last;
  }
}

interface Queue<Item> {
  readonly tenant: string;
  readonly items: Item[];
}
