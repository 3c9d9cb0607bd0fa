import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { groupTarget, profilesPath } from "../support/tenant.ts";
import { type Answer, ask, type Door, entityOf, readQuietTenant, send } from "./door.ts";
import { enterPostgres, type Ground, onPostgres } from "./grounds.ts";
import { answersAgain } from "./killRounds.ts";
import { isLong, patience, promised } from "./plan.ts";

const postgres = await enterPostgres();

/** A client that writes and reads in a tenant of its own, and doesn't let a 503 stop it. */
class Client {
  readonly #door: Door;
  readonly #path: string;
  /** The ids that updates were answered with, by the group they were for. */
  readonly #answered = new Map<string, string>();
  /** The number that the profile's description was last set to with success. */
  #described = 0;
  #sent = 0;
  unavailable = 0;

  constructor(door: Door, profileId: string) {
    this.#door = door;
    this.#path = `${profilesPath}/${profileId}`;
  }

  get answered(): number {
    return this.#answered.size;
  }

  async run(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const answer = await this.#sendNext();
      assert.ok(answer, "no connection ends without an answer");
      if (answer.status === 200) continue;
      assert.equal(answer.status, 503);
      this.unavailable += 1;
      await sleep(100);
    }
  }

  async #sendNext(): Promise<Answer | undefined> {
    const path = this.#path;
    const number = ++this.#sent;
    if (number % 6 === 0) return send(this.#door, { method: "GET", path });
    if (number % 2 === 1) {
      const answer = await send(this.#door, { method: "PATCH", path, body: { description: String(number) } });
      if (answer?.status === 200) this.#described = number;
      return answer;
    }
    const body = { target: groupTarget(String(number)) };
    const answer = await send(this.#door, { method: "PATCH", path: `${path}/assignments`, body });
    if (answer?.status === 200) this.#answered.set(String(number), entityOf(answer.body).id);
    return answer;
  }

  /** Asserts that all that was answered is there; what was answered with a 503 may be, but only once and whole. */
  async settle(): Promise<void> {
    const [found] = await readQuietTenant(this.#door);
    const described = Number(found?.profile["description"]);
    assert.ok(described >= this.#described, `${described} is an older description than ${this.#described}`);
    const ids = new Map(found?.assignments.map(({ id, target }) => [String(Object(target).groupId), id]));
    for (const [groupId, id] of this.#answered) assert.equal(ids.get(groupId), id);
  }
}

interface Outage {
  begin(): void | Promise<void>;
  end(): void | Promise<void>;
  readonly milliseconds: number;
  readonly times: number;
  readonly poolSize: number;
}

async function playOutage(t: TestContext, outage: Outage): Promise<void> {
  const { poolSize } = outage;
  const ground = await onPostgres(postgres, { poolSize }).lay(t);
  const service = await ground.serve();
  const door = { url: service.url, token: await ground.token() };
  const clients = await newClients(ground, service.url);
  await playUnderLoad(door, clients, outage);

  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      ask(door, { method: "POST", path: profilesPath, body: { displayName: String(index) } }),
    ),
  );
  for (const { status } of answers) assert.equal(status, 201);
  await ground.settled();
  await Promise.all(clients.map((client) => client.settle()));
  const sessions = await ground.query(
    "SELECT pid FROM pg_stat_activity WHERE application_name = 'apple-enrollment' AND datname = current_database()",
  );
  assert.ok(sessions.length <= poolSize, `${sessions.length} connections`);

  // Once more, while connections lie idle.
  await outage.begin();
  await outage.end();
  await answersAgain(door, promised(patience));
  assert.equal(await service.stop("SIGTERM"), 0);
}

async function playUnderLoad(door: Door, clients: readonly Client[], outage: Outage): Promise<void> {
  let isOver = false;
  const load = Promise.all(clients.map((client) => client.run(() => isOver)));
  const pass = (milliseconds: number) => Promise.race([load, sleep(milliseconds)]);
  // Not a fixed time: on a busy machine the load takes longer to get going.
  const progress = async () => {
    const [answered] = totals(clients);
    for (let wait = 0; wait < 100 && totals(clients)[0] === answered; wait++) await pass(100);
    assert.ok(totals(clients)[0] > answered, "requests are answered");
  };
  for (let time = 0; time < outage.times; time++) {
    await progress();
    const [, unavailable] = totals(clients);
    await outage.begin();
    try {
      await pass(outage.milliseconds);
    } finally {
      await outage.end();
    }
    await answersAgain(door, promised(patience));
    await progress();
    const [, unavailableNow] = totals(clients);
    assert.ok(unavailableNow > unavailable, "it was felt");
  }
  isOver = true;
  await load;
}

async function newClients(ground: Ground, url: string): Promise<readonly Client[]> {
  const clients: Client[] = [];
  for (let index = 0; index < 50; index++) {
    const door = { url, token: await ground.token() };
    const body = { displayName: "A profile", description: "0" };
    const created = await ask(door, { method: "POST", path: profilesPath, body });
    clients.push(new Client(door, entityOf(created.body).id));
  }
  return clients;
}

/** Answered updates, and answers that said that the store can't answer. */
function totals(clients: readonly Client[]): readonly [answered: number, unavailable: number] {
  const sum = (of: (client: Client) => number) => clients.reduce((total, client) => total + of(client), 0);
  return [sum(({ answered }) => answered), sum(({ unavailable }) => unavailable)];
}

describe("while PostgreSQL can't answer, every request is answered in time, with a 503 at worst, and all is well after", () => {
  // If the only connection there may be is not given back, nothing works any more.
  for (const poolSize of isLong ? [1, 10] : [1]) {
    test(`frozen under load, with a pool of ${poolSize}`, (t) =>
      playOutage(t, {
        begin: postgres.freeze,
        end: postgres.thaw,
        // Long: whoever would wait for it to the end is left hanging by the measure of `send`.
        milliseconds: isLong ? promised(patience) + patience : patience + 1000,
        times: 1,
        poolSize,
      }));

    test(`stopped under load, with a pool of ${poolSize}`, (t) =>
      playOutage(t, {
        begin: () => postgres.stop("immediate"),
        end: () => postgres.start(),
        milliseconds: isLong ? 10_000 : 300,
        times: 2,
        poolSize,
      }));
  }
});
