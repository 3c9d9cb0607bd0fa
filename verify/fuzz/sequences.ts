/** Sequences of writes against the model: after each, what is there must be what the model has. */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { OperationId } from "../../client/index.ts";
import { type Fault, fault, judge } from "../judging/judge.ts";
import type { Generation, Verdict } from "../judging/verdict.ts";
import { patiently } from "../playing/perform.ts";
import { operationNamed } from "../server/contract.ts";
import { type Exchange, requestOf } from "../server/exchange.ts";
import type { Field } from "./generation.ts";
import { planned, type Step, sequences, type Tenant } from "./model.ts";

interface Played {
  /** The writes, and the last list. */
  readonly exchanges: readonly Exchange[];
  readonly faults: readonly Fault[];
}

/** Plays so many sequences, each in a tenant without profiles of this run; the first that fails is shrunk. */
export async function playSequences(count: number, { seed, path }: Generation, field: Field): Promise<Verdict> {
  const begun = performance.now();
  let last: Played = { exchanges: [], faults: [] };
  const property = fc.asyncProperty(sequences, async (steps) => {
    if (field.signal?.aborted) return true;
    const played = await play(steps, field);
    await field.ledger.settle();
    if (played.faults.length > 0) last = played;
    return played.faults.length === 0;
  });
  const { counterexamplePath } = await fc.check(property, {
    seed,
    ...(path !== undefined && { path }),
    numRuns: count,
  });
  const wrong = last.exchanges.findLast(({ operation, method }) => operation !== undefined && method !== "GET");
  const operation: OperationId = wrong?.operation ?? "listProfiles";
  const { faults, exchanges } = last;
  const [exchange] = exchanges.slice(-1);
  const scenario = `a sequence of writes, shrunk; again with --include sequences --generate ${count * sequenceShare} --seed ${seed}:${counterexamplePath}`;
  const declared = operationNamed(operation).responses;
  const status = declared.has(wrong?.answer?.status ?? 0) ? (wrong?.answer?.status ?? 200) : 200;
  return {
    operation,
    status,
    title: `shows what ${count} sequences of writes leave, as a model has it, seed ${seed}`,
    outcome: faults.length > 0 ? "broken" : "kept",
    violations: exchange ? faults.map((one) => ({ ...one, operation, status, scenario, exchange })) : [],
    exchanges,
    milliseconds: performance.now() - begun,
  };
}

/** One sequence for so many requests. */
export const sequenceShare = 50;

async function play(steps: readonly Step[], field: Field): Promise<Played> {
  const { target, prefix, ledger, coverage } = field;
  const exchanges: Exchange[] = [];
  let tenant: Tenant = [];
  let tags: ReadonlyMap<string, string> = new Map();
  for (const step of steps) {
    // Others' profiles are not moved.
    if (!target.isOwnTenant && /setPriority|insertProfile/.test(step.kind)) continue;
    const plan = planned(tenant, step, prefix);
    if (plan === undefined) continue;
    const exchange = await patiently(requestOf(target, plan.operation, plan.asked), false, field);
    ledger.note(exchange);
    coverage.enter(exchange);
    exchanges.push(exchange);
    const faults = judge(exchange);
    const { status } = exchange.answer ?? {};
    if (faults.length === 0 && status !== plan.status) {
      faults.push(fault("expected status", "", `${plan.operation} was answered ${status}; it must be ${plan.status}.`));
    }
    if (faults.length > 0) return { exchanges, faults };
    const after = plan.after(exchange.answer?.body);
    const read = await readTenant(field);
    faults.push(...judge(read), ...differences(after, read, target.isOwnTenant === true));
    const found = tagsOf(read);
    if (target.isOwnTenant) faults.push(...tagFaults(tenant, tags, after, found));
    if (faults.length > 0) return { exchanges: [...exchanges, read], faults };
    [tenant, tags] = [after, found];
  }
  return { exchanges, faults: [] };
}

async function readTenant(field: Field): Promise<Exchange> {
  const query = { $filter: `startswith(displayName,'${field.prefix}')`, $expand: "assignments", $count: "true" };
  return await patiently(requestOf(field.target, "listProfiles", { query }), false, field);
}

function differences(tenant: Tenant, { answer }: Exchange, hasPriorities: boolean): Fault[] {
  const { value, "@odata.count": count } = Object(answer?.body);
  if (!Array.isArray(value)) return [fault("expectation", "body/value", "The profiles can't be read.")];
  const found = value.map((profile) => shown(profile, hasPriorities ? profile.priority : undefined));
  const wanted = tenant.map((profile, index) => shown(profile, hasPriorities ? index : undefined));
  const at = wanted.findIndex((one, index) => !isDeepStrictEqual(one, found[index]));
  if (at >= 0)
    return [fault("expectation", `body/value/${at}`, `It is ${text(found[at])}; it must be ${text(wanted[at])}.`)];
  if (found.length === wanted.length && count === wanted.length) return [];
  return [
    fault(
      "expectation",
      "body/value",
      `There are ${found.length} profiles, counted ${count}; it must be ${wanted.length}.`,
    ),
  ];
}

/** What the model knows of a profile, as it was read or as the model has it. */
function shown(profile: Tenant[number], priority: number | undefined) {
  const { id, displayName, description, platform, assignments } = profile;
  const own = [...assignments]
    .map(({ id, target }) => ({ id, target }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  return { id, displayName, description, platform, priority, assignments: own };
}

function tagsOf({ answer }: Exchange): ReadonlyMap<string, string> {
  const profiles: unknown = Object(answer?.body).value;
  const entities = Array.isArray(profiles) ? profiles.flatMap((one) => [one, ...(Object(one).assignments ?? [])]) : [];
  return new Map(entities.map((one) => [one.id, one["@odata.etag"]]));
}

/** "The version changes exactly when the entity does": a profile with its priority, an assignment by itself. */
function tagFaults(before: Tenant, old: ReadonlyMap<string, string>, after: Tenant, now: ReadonlyMap<string, string>) {
  const earlier = entitiesOf(before);
  return [...entitiesOf(after)].flatMap(([id, entity]) => {
    const known = earlier.get(id);
    if (known === undefined) return [];
    const isSame = isDeepStrictEqual(known, entity);
    if (isSame === (old.get(id) === now.get(id))) return [];
    const what = isSame ? "has not changed, and has another entity tag" : "has changed, and not its entity tag";
    return [fault("entity tag", "", `The entity ${id} ${what}: ${old.get(id)}, then ${now.get(id)}.`)];
  });
}

function entitiesOf(tenant: Tenant): ReadonlyMap<string, unknown> {
  return new Map(
    tenant.flatMap(({ assignments, ...profile }, priority): [string, unknown][] => [
      [profile.id, { ...profile, priority }],
      ...assignments.map((one): [string, unknown] => [one.id, one.target]),
    ]),
  );
}

function text(value: unknown): string {
  return (JSON.stringify(value) ?? "not there").slice(0, 500);
}
