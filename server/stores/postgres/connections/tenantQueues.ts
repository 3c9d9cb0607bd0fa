import { StoreUnavailable } from "../../../domain/store.ts";
import { shedding, storeQueue } from "../../../shared/limits.ts";

/**
 * Items that wait, in one queue for each tenant. All queues together have a limit. When it is exceeded, the longest queue
 * loses its last item, so that a tenant with many requests displaces its own requests and not those of other tenants.
 */
export class TenantQueues<Item> {
  readonly #queues = new Map<string, Item[]>();
  #length = 0;

  /** The number of items in all queues. */
  get length(): number {
    return this.#length;
  }

  /** The tenants with waiting items. The tenant from which no item was taken for the longest time comes first. */
  tenants(): Iterable<string> {
    return this.#queues.keys();
  }

  has(tenant: string): boolean {
    return this.#queues.has(tenant);
  }

  /** Adds an item. @returns the item that loses its place, which can be the added one. Undefined if there is room. */
  add(tenant: string, item: Item): Item | undefined {
    const queue = this.#queues.get(tenant);
    if (queue) queue.push(item);
    else this.#queues.set(tenant, [item]);
    this.#length += 1;
    return this.#length > storeQueue ? this.#dropLastOfLongest(tenant) : undefined;
  }

  /** Takes the first items of a tenant's queue. If others remain, the tenant moves behind all other tenants. */
  take(tenant: string, count: number): Item[] {
    const queue = this.#queues.get(tenant) ?? [];
    const taken = queue.splice(0, count);
    this.#length -= taken.length;
    this.#queues.delete(tenant);
    if (queue.length > 0) this.#queues.set(tenant, queue);
    return taken;
  }

  /** Removes an item, if it is still waiting. */
  remove(tenant: string, item: Item): void {
    const queue = this.#queues.get(tenant) ?? [];
    const index = queue.indexOf(item);
    if (index < 0) return;
    queue.splice(index, 1);
    this.#length -= 1;
    if (queue.length === 0) this.#queues.delete(tenant);
  }

  /** @param tenant loses its own last item, unless another queue is longer. */
  #dropLastOfLongest(tenant: string): Item | undefined {
    let [longest, length] = [tenant, this.#queues.get(tenant)?.length ?? 0];
    for (const [other, queue] of this.#queues) {
      if (queue.length > length) [longest, length] = [other, queue.length];
    }
    const last = this.#queues.get(longest)?.at(-1);
    if (last !== undefined) this.remove(longest, last);
    return last;
  }
}

/** The error for a request that is refused immediately, because it would have to wait too long for the store. */
export function queueFull(): StoreUnavailable {
  return new StoreUnavailable(`More than ${storeQueue} requests are waiting for the store.`, {
    retryAfter: shedding.retryAfter,
    remedy: "The database is too slow for the number of requests. Check its load, or send fewer requests.",
  });
}
