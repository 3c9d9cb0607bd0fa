import type { Store } from "../../server/domain/store.ts";

interface Options {
  /** Connections at most. */
  readonly poolSize?: number;
  /** Called after each commit with the number of decisions in it. */
  readonly committed?: (decisions: number) => void;
}

/** Opens this service's store on PostgreSQL. Found when it is asked for: not every revision of the service has one. */
export async function openPostgresStore(url: string, options: Options = {}): Promise<Store> {
  const module = "../../server/stores/postgres.ts";
  const found: { openPostgresStore(url: string, options: Options): Promise<Store> } = await import(module);
  return found.openPostgresStore(url, options);
}
