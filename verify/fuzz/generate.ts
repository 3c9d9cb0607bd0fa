/** Generated requests of every operation, judged, shrunk where a promise is broken. */
import fc from "fast-check";
import type { OperationId } from "../../client/index.ts";
import { type Fault, fault, judge } from "../judging/judge.ts";
import type { Generation, Verdict } from "../judging/verdict.ts";
import { patiently } from "../playing/perform.ts";
import { isNamed, type Selection } from "../playing/selection.ts";
import { group } from "../scenarios/language/given.ts";
import type { Asked } from "../scenarios/language/scenario.ts";
import { type Operation, operations, successOf } from "../server/contract.ts";
import { type Exchange, requestOf } from "../server/exchange.ts";
import type { Change } from "./changes.ts";
import type { Field } from "./generation.ts";
import { allowedFor, type Generated, outgoingOf, requests } from "./requests.ts";
import { playSequences, sequenceShare } from "./sequences.ts";

/** What a generated request did. */
interface Sent {
  readonly exchange: Exchange;
  readonly faults: readonly Fault[];
}

/** Sends each operation its share of the requests, one after the other. */
export async function* generated(generation: Generation, selection: Selection, field: Field): AsyncGenerator<Verdict> {
  const chosen = [...operations.values()].filter(({ operationId, method, path }) => {
    // What needs something there can't be asked for without writing.
    const reads = method === "GET" && !path.includes("{");
    return (reads || !selection.readOnly) && isNamed(operationId, selection);
  });
  const share = Math.ceil(generation.requests / chosen.length);
  for (const operation of chosen) if (!field.signal?.aborted) yield await search(operation, share, generation, field);
  // What the model promises of the order is a decision as well.
  const isLeftOut = selection.readOnly || selection.profile === "graph" || !isNamed("sequences", selection);
  if (isLeftOut || field.signal?.aborted) return;
  yield await playSequences(Math.ceil(generation.requests / sequenceShare), generation, field);
}

async function search(operation: Operation, share: number, { seed, path }: Generation, field: Field): Promise<Verdict> {
  const begun = performance.now();
  const ground = openGround(field);
  let last: { request: Generated; faults: readonly Fault[] } | undefined;
  const property = fc.asyncProperty(requests(operation), async (request) => {
    if (field.signal?.aborted || !mayBeSent(request, field)) return true;
    const { faults } = await sendOne(request, ground, field);
    if (faults.length > 0) last = { request, faults };
    return faults.length === 0;
  });
  const details = await fc.check(property, { seed, ...(path !== undefined && { path }), numRuns: share });
  const { operationId } = operation;
  const verdict = {
    operation: operationId,
    status: successOf(operation),
    title: `answers ${share} generated requests as declared, seed ${seed}`,
  };
  if (!details.failed || last === undefined) {
    await ground.clear();
    return done({ ...verdict, outcome: "kept", violations: [], exchanges: [] }, begun);
  }
  // Shown on fresh ground, so that the commands of the report show it as well.
  await ground.clear();
  const again = await sendOne(last.request, ground, field);
  const faults = again.faults.length > 0 ? again.faults : last.faults;
  const exchanges = [...ground.exchanges, again.exchange];
  await ground.clear();
  const scenario = `${operationId}: a generated request, shrunk; again with --include ${operationId} --generate ${share} --seed ${seed}:${details.counterexamplePath}`;
  const status = again.exchange.answer?.status ?? verdict.status;
  const declared = operation.responses.has(status) ? status : verdict.status;
  const violations = faults.map((one) => ({
    ...one,
    operation: operationId,
    status: declared,
    scenario,
    exchange: again.exchange,
  }));
  return done({ ...verdict, outcome: "broken", violations, exchanges }, begun);
}

function done(verdict: Omit<Verdict, "milliseconds">, begun: number): Verdict {
  return { ...verdict, milliseconds: performance.now() - begun };
}

async function sendOne(request: Generated, ground: Ground, field: Field): Promise<Sent> {
  const { target, ledger, prefix, coverage } = field;
  const there = Object.keys(request.path).length > 0 ? await ground.ids() : {};
  const asked = outgoingOf(request, there, prefix);
  const exchange = await patiently(requestOf(target, request.operation, asked), false, field);
  ledger.note(exchange);
  coverage.enter(exchange);
  const status = exchange.answer?.status ?? 0;
  if (exchange.method !== "GET" && status < 300) ground.wear();
  return { exchange, faults: [...judge(exchange), ...promiseFaults(request, exchange, asked, field)] };
}

/** What the contract promises of this request, beyond what it promises of any answer. */
function promiseFaults(
  request: Generated,
  { answer, method, url }: Exchange,
  asked: Asked,
  { profile }: Field,
): Fault[] {
  const { statuses, worth, blamed } = allowedFor(request, asked);
  if (answer === undefined || (profile === "graph" && worth !== "valid" && answer.status < 500)) return [];
  const { message, target } = Object(Object(answer.body).error);
  const what = `${method} ${new URL(url).pathname.slice(0, 200)} was answered ${answer.status}${
    typeof message === "string" ? ` ("${message.slice(0, 200)}")` : ""
  }`;
  if (!statuses.includes(answer.status)) {
    const must = `a request that is ${worth} must be answered ${statuses.join(", ")}`;
    return [fault("expected status", "", `${what}; ${must}.`)];
  }
  if (blamed === undefined || isAbout(target, spelled(blamed))) return [];
  return [
    fault("expectation", "body/error/target", `${what} and blames '${target}'; it must be '${spelled(blamed)}'.`),
  ];
}

/** As the contract spells it: `target.groupId`, `value[0].target`. */
function spelled(at: Change["at"]): string {
  return at
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .replace(/^\./, "");
}

/** Itself, what it is part of, or a part of it. A name that is no text can't be said as it is. */
function isAbout(target: unknown, place: string): boolean {
  if (!place.isWellFormed() || place.includes("\0")) return true;
  return typeof target === "string" && (target.startsWith(place) || (target !== "" && place.startsWith(target)));
}

/** In a tenant that others use, what would move their profiles is not sent. */
function mayBeSent({ content }: Generated, { target }: Field): boolean {
  if (target.isOwnTenant || content === undefined || !("near" in content)) return true;
  return !Number.isInteger(Object(content.near.base).priority) && !content.near.change?.at.includes("priority");
}

type Ground = ReturnType<typeof openGround>;

/** A profile and an assignment that are there. What a generated request has changed is replaced: each finds the same. */
function openGround(field: Field) {
  const { target, ledger, prefix } = field;
  let exchanges: Exchange[] = [];
  let ids: Readonly<Record<string, string>> | undefined;
  let isWorn = false;
  const make = async (operation: OperationId, asked: Asked) => {
    const exchange = await patiently(requestOf(target, operation, asked), false, field);
    ledger.note(exchange);
    exchanges.push(exchange);
    return String(Object(exchange.answer?.body).id);
  };
  const clear = async () => {
    await ledger.settle();
    [exchanges, ids, isWorn] = [[], undefined, false];
  };
  return {
    get exchanges(): readonly Exchange[] {
      return exchanges;
    },
    async ids() {
      if (isWorn) await clear();
      if (ids === undefined) {
        const profileId = await make("createProfile", { body: { displayName: `${prefix}ground` } });
        const assignmentId = await make("createAssignment", { path: { profileId }, body: { target: group } });
        ids = { profileId, assignmentId };
      }
      return ids;
    },
    wear() {
      isWorn = true;
    },
    clear,
  };
}
