/** Limits the memory that a process needs for long request bodies and for the collected answers of batches. */
import type { ServerResponse } from "node:http";
import { heldMemory } from "../../shared/limits.ts";
import { Shares } from "../../shared/shares.ts";

const shares = new Shares();

/** The bytes that are held until each of these answers has been sent. */
const holdings = new WeakMap<ServerResponse, number>();

/** Whether the process has reached its limit, or the tenant has reached its own limit, which is half of it. */
export function isMemoryUsedUp(tenant: string): boolean {
  return shares.total >= heldMemory.perProcess || shares.of(tenant) >= heldMemory.perProcess / 2;
}

/** Counts bytes until the answer has been sent, or until its client has left. */
export function holdMemory(answer: ServerResponse, tenant: string, bytes: number): void {
  if (answer.destroyed) return;
  const held = holdings.get(answer);
  holdings.set(answer, (held ?? 0) + bytes);
  shares.add(tenant, bytes);
  if (held === undefined) answer.once("close", () => shares.add(tenant, -(holdings.get(answer) ?? 0)));
}
