import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { groupTarget, profilesPath } from "../support/tenant.ts";
import { type Answer, ask, type Endpoint, entityOf, readQuietTenant, send } from "./endpoint.ts";
import { enterPostgres, type Fixture, onPostgres } from "./fixtures.ts";
import { answersAgain } from "./killRounds.ts";
import { isLong, patience, withTolerance } from "./plan.ts";

const postgres = await enterPostgres();

/** A client that writes and reads in its own tenant, and continues after a 503. */
class Client {
  readonly #endpoint: Endpoint;
  readonly #path: string;
  /** The ids of the assignments in successful answers, by group id. */
  readonly #answered = new Map<string, string>();
  /** The number in the profile's description, according to the last successful answer. */
  #described = 0;
  #sent = 0;
  unavailable = 0;

  constructor(endpoint: Endpoint, profileId: string) {
    this.#endpoint = endpoint;
    this.#path = `${profilesPath}/${profileId}`;
  }

  get answered(): number {
    return this.#answered.size;
  }

  async run(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const answer = await this.#sendNext();
      assert.ok(answer, "every request must get an answer");
      if (answer.status === 200) continue;
      assert.equal(answer.status, 503);
      this.unavailable += 1;
      await sleep(100);
    }
  }

  async #sendNext(): Promise<Answer | undefined> {
    const path = this.#path;
    const number = ++this.#sent;
    if (number % 6 === 0) return send(this.#endpoint, { method: "GET", path });
    if (number % 2 === 1) {
      const answer = await send(this.#endpoint, { method: "PATCH", path, body: { description: String(number) } });
      if (answer?.status === 200) this.#described = number;
      return answer;
    }
    const body = { target: groupTarget(String(number)) };
    const answer = await send(this.#endpoint, { method: "PATCH", path: `${path}/assignments`, body });
    if (answer?.status === 200) this.#answered.set(String(number), entityOf(answer.body).id);
    return answer;
  }

  /** Asserts that all successful updates are stored. An update that got 503 may be stored, but only completely and once. */
  async settle(): Promise<void> {
    const [found] = await readQuietTenant(this.#endpoint);
    const described = Number(found?.profile["description"]);
    assert.ok(described >= this.#described, `${described} is an older description than ${this.#described}`);
    const ids = new Map(found?.assignments.map(({ id, target }) => [String(Object(target).groupId), id]));
    for (const [groupId, id] of this.#answered) assert.equal(ids.get(groupId), id);
  }
}

interface Outage {
  start(): void | Promise<void>;
  end(): void | Promise<void>;
  readonly milliseconds: number;
  readonly times: number;
  readonly poolSize: number;
}

async function testOutage(t: TestContext, outage: Outage): Promise<void> {
  const { poolSize } = outage;
  const fixture = await onPostgres(postgres, { poolSize }).createFixture(t);
  const service = await fixture.serve();
  const endpoint = { url: service.url, token: await fixture.token() };
  const clients = await newClients(fixture, service.url);
  await runUnderLoad(endpoint, clients, outage);

  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      ask(endpoint, { method: "POST", path: profilesPath, body: { displayName: String(index) } }),
    ),
  );
  for (const { status } of answers) assert.equal(status, 201);
  await fixture.settled();
  await Promise.all(clients.map((client) => client.settle()));
  const sessions = await fixture.query(
    "SELECT pid FROM pg_stat_activity WHERE application_name = 'apple-enrollment' AND datname = current_database()",
  );
  assert.ok(sessions.length <= poolSize, `${sessions.length} connections`);

  // A second outage, while the connections are idle.
  await outage.start();
  await outage.end();
  await answersAgain(endpoint, withTolerance(patience));
  assert.equal(await service.stop("SIGTERM"), 0);
}

async function runUnderLoad(endpoint: Endpoint, clients: readonly Client[], outage: Outage): Promise<void> {
  let isOver = false;
  const load = Promise.all(clients.map((client) => client.run(() => isOver)));
  const pass = (milliseconds: number) => Promise.race([load, sleep(milliseconds)]);
  // Waits for an answer instead of a fixed time, because the clients start slowly on a busy machine.
  const progress = async () => {
    const [answered] = totals(clients);
    for (let wait = 0; wait < 100 && totals(clients)[0] === answered; wait++) await pass(100);
    assert.ok(totals(clients)[0] > answered, "some requests must succeed");
  };
  for (let time = 0; time < outage.times; time++) {
    await progress();
    const [, unavailable] = totals(clients);
    await outage.start();
    try {
      await pass(outage.milliseconds);
    } finally {
      await outage.end();
    }
    await answersAgain(endpoint, withTolerance(patience));
    await progress();
    const [, unavailableNow] = totals(clients);
    assert.ok(unavailableNow > unavailable, "some requests must get a 503 during the outage");
  }
  isOver = true;
  await load;
}

async function newClients(fixture: Fixture, url: string): Promise<readonly Client[]> {
  const clients: Client[] = [];
  for (let index = 0; index < 50; index++) {
    const endpoint = { url, token: await fixture.token() };
    const body = { displayName: "A profile", description: "0" };
    const created = await ask(endpoint, { method: "POST", path: profilesPath, body });
    clients.push(new Client(endpoint, entityOf(created.body).id));
  }
  return clients;
}

/** Counts the successful updates and the 503 answers of all clients. */
function totals(clients: readonly Client[]): readonly [answered: number, unavailable: number] {
  const sum = (count: (client: Client) => number) => clients.reduce((total, client) => total + count(client), 0);
  return [sum(({ answered }) => answered), sum(({ unavailable }) => unavailable)];
}

describe("during an outage of PostgreSQL", () => {
  // A pool of one connection shows whether the service always returns connections to the pool.
  for (const poolSize of isLong ? [1, 10] : [1]) {
    test(`requests are answered in time, and no write is lost, if it is frozen, with a pool of ${poolSize}`, (t) =>
      testOutage(t, {
        start: postgres.freeze,
        end: postgres.thaw,
        // In the long run this exceeds the time limit of `send`, so a request that waits for the end of the outage fails.
        milliseconds: isLong ? withTolerance(patience) + patience : patience + 1000,
        times: 1,
        poolSize,
      }));

    test(`requests are answered in time, and no write is lost, if it is stopped, with a pool of ${poolSize}`, (t) =>
      testOutage(t, {
        start: () => postgres.stop("immediate"),
        end: () => postgres.start(),
        milliseconds: isLong ? 10_000 : 300,
        times: 2,
        poolSize,
      }));
  }
});
