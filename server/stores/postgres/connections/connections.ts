/**
 * The connections of this process, shared fairly among the tenants. Slow statements of one tenant never occupy all
 * connections, and the waiting tenants take turns for the connections that become free.
 */
import { type ClientBase, Pool, type PoolClient } from "pg";
import { StoreUnavailable } from "../../../domain/store.ts";
import { storeQueue } from "../../../shared/limits.ts";
import { Shares } from "../../../shared/shares.ts";
import { TenantQueues } from "../../tenantQueues.ts";
import { driverUrl } from "./databaseUrl.ts";
import { prepareSession } from "./sessions.ts";
import { awaitAnswer, queueFull, retryAfter } from "./sqlStates.ts";
import { patience } from "./timeLimits.ts";

export interface Connection {
  readonly client: PoolClient;
  /** Whether a connection pooler is between this process and the server, so that sessions are shared with other clients. */
  readonly isPooled: boolean;
  /** Returns the connection. @param isBroken whether it must not be used again. */
  release(isBroken?: boolean): void;
}

/** The current use of the connections, for metrics. */
export interface ConnectionCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  /** The number of requests that wait for a connection. */
  readonly waitingCount: number;
}

interface Waiting {
  start(): void;
  fail(error: unknown): void;
}

export class Connections implements ConnectionCounts {
  readonly #pool: Pool;
  readonly #size: number;
  readonly #pooled = new WeakSet<ClientBase>();
  readonly #waiting = new TenantQueues<Waiting>(storeQueue);
  /** The connections that each tenant holds. */
  readonly #held = new Shares();

  /** @param size the largest number of connections. */
  constructor(url: string, size: number) {
    this.#size = size;
    this.#pool = openPool(url, size, async (client) => {
      if ((await prepareSession(client)).isPooled) this.#pooled.add(client);
    });
  }

  get totalCount(): number {
    return this.#pool.totalCount;
  }

  get idleCount(): number {
    return this.#pool.idleCount;
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  /** Waits for the tenant's turn, and returns a connection. @throws StoreUnavailable, or DatabaseError */
  async connect(tenant: string): Promise<Connection> {
    if (this.#mayTake(tenant)) this.#held.add(tenant, 1);
    else await this.#turnOf(tenant);
    try {
      const client = await awaitAnswer(this.#pool.connect());
      const release = (isBroken = false) => {
        client.release(isBroken);
        this.#giveBack(tenant);
      };
      return { client, isPooled: this.#pooled.has(client), release };
    } catch (error) {
      this.#giveBack(tenant);
      throw error;
    }
  }

  /** Waits until all connections are returned, and closes them. */
  close(): Promise<void> {
    return this.#pool.end();
  }

  /**
   * A tenant may take another connection if it holds fewer than are free. So a single tenant gets half of the connections,
   * two tenants get a third each, and there is room for the next tenant (Choudhury and Hahne, "Dynamic Queue Length
   * Thresholds for Shared-Memory Packet Switches", 1998).
   */
  #mayTake(tenant: string): boolean {
    return this.#held.of(tenant) < this.#size - this.#held.total;
  }

  #giveBack(tenant: string): void {
    this.#held.add(tenant, -1);
    this.#startWaiting();
  }

  #startWaiting(): void {
    for (let next = this.#nextTenant(); next !== undefined; next = this.#nextTenant()) {
      const [waiting] = this.#waiting.take(next, 1);
      this.#held.add(next, 1);
      waiting?.start();
    }
  }

  #nextTenant(): string | undefined {
    return this.#waiting.tenants().find((tenant) => this.#mayTake(tenant));
  }

  #turnOf(tenant: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = {
      start: () => {
        clearTimeout(timer);
        resolve();
      },
      fail: (error) => {
        clearTimeout(timer);
        reject(error);
      },
    };
    const timer = setTimeout(() => {
      this.#waiting.remove(tenant, waiting);
      reject(waitedTooLong(this.#size));
    }, patience);
    this.#waiting.add(tenant, waiting)?.fail(queueFull());
    return promise;
  }
}

function waitedTooLong(size: number): StoreUnavailable {
  return new StoreUnavailable(`PostgreSQL: none of the ${size} connections became free for this tenant in time.`, {
    retryAfter,
    remedy: "Check the database for slow statements, or raise DATABASE_POOL_SIZE.",
  });
}

/** Sends only parameters that PgBouncer accepts. All other settings belong to `sessions.ts`. */
function openPool(url: string, size: number, onConnect: (client: ClientBase) => Promise<void>): Pool {
  const pool = new Pool({
    connectionString: driverUrl(url),
    application_name: "apple-enrollment",
    max: size,
    pipeline: true,
    connectionTimeoutMillis: patience,
    // Longer than the server's own limit, because the server's error is more precise.
    query_timeout: patience + 500,
    keepAlive: true,
    onConnect,
  });
  // The queries on a broken connection also fail with an error. Without these listeners, Node would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  pool.on("error", () => {});
  return pool;
}
