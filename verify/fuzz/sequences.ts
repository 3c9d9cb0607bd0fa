/** Sends sequences of writes. After each write, the profiles on the server must equal the profiles in the model. */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { OperationId } from "../../client/index.ts";
import { judge, type Violation, violation } from "../judging/judge.ts";
import type { Generation, Verdict } from "../judging/verdict.ts";
import { sendWithRetries } from "../playing/perform.ts";
import { getOperation } from "../server/contract.ts";
import { buildRequest, type Exchange } from "../server/exchange.ts";
import type { FuzzContext } from "./generation.ts";
import { type ModelStep, type PlannedWrite, planWrite, sequences, type Tenant } from "./model.ts";

interface PlayedSequence {
  /** The writes, and the request of the profile list after the last write. */
  readonly exchanges: readonly Exchange[];
  readonly violations: readonly Violation[];
}

/** Plays sequences, each without profiles of an earlier sequence. The first sequence that finds a violation is shrunk. */
export async function playSequences(count: number, { seed, path }: Generation, context: FuzzContext): Promise<Verdict> {
  const startTime = performance.now();
  let last: PlayedSequence = { exchanges: [], violations: [] };
  const property = fc.asyncProperty(sequences, async (steps) => {
    if (context.signal?.aborted) return true;
    const played = await playSequence(steps, context);
    await context.cleanup.deleteRegistered();
    if (played.violations.length > 0) last = played;
    return played.violations.length === 0;
  });
  const { counterexamplePath } = await fc.check(property, {
    seed,
    ...(path !== undefined && { path }),
    numRuns: count,
  });
  const wrong = last.exchanges.findLast(({ operation, method }) => operation !== undefined && method !== "GET");
  const operation: OperationId = wrong?.operation ?? "listProfiles";
  const { violations, exchanges } = last;
  const exchange = exchanges.at(-1);
  const scenario = `a sequence of writes, shrunk; repeat it with --include sequences --generate ${count * requestsPerSequence} --seed ${seed}:${counterexamplePath}`;
  const answered = wrong?.answer?.status ?? 200;
  const status = getOperation(operation).responses.has(answered) ? answered : 200;
  return {
    operation,
    status,
    title: `returns the same profiles as a model after ${count} sequences of writes, seed ${seed}`,
    outcome: violations.length > 0 ? "broken" : "kept",
    violations: exchange ? violations.map((one) => ({ ...one, operation, status, scenario, exchange })) : [],
    exchanges,
    milliseconds: performance.now() - startTime,
  };
}

/** The number of generated requests for which one sequence is played. */
export const requestsPerSequence = 50;

async function playSequence(steps: readonly ModelStep[], context: FuzzContext): Promise<PlayedSequence> {
  const { target, prefix, cleanup, coverage } = context;
  const exchanges: Exchange[] = [];
  let tenant: Tenant = [];
  let tags: ReadonlyMap<string, string> = new Map();
  for (const step of steps) {
    // In a shared tenant, these writes would move other users' profiles.
    if (!target.isOwnTenant && /setPriority|insertProfile/.test(step.kind)) continue;
    const plan = planWrite(tenant, step, prefix);
    if (plan === undefined) continue;
    const exchange = await sendWithRetries(buildRequest(target, plan.operation, plan.request), false, context);
    cleanup.register(exchange);
    coverage.record(exchange);
    exchanges.push(exchange);
    const violations = judgeWrite(exchange, plan);
    if (violations.length > 0) return { exchanges, violations };
    const after = plan.after(exchange.answer?.body);
    const read = await readTenant(context);
    violations.push(...judge(read), ...compareWithModel(after, read, target.isOwnTenant === true));
    const found = readEntityTags(read);
    if (target.isOwnTenant) violations.push(...entityTagViolations(tenant, tags, after, found));
    if (violations.length > 0) return { exchanges: [...exchanges, read], violations };
    [tenant, tags] = [after, found];
  }
  return { exchanges, violations: [] };
}

/** Judges the answer to a planned write by the contract and by the model. */
function judgeWrite(exchange: Exchange, { operation, status: expected }: PlannedWrite): Violation[] {
  const violations = judge(exchange);
  const { status } = exchange.answer ?? {};
  if (violations.length > 0 || status === expected) return violations;
  return [violation("expected status", "", `${operation} was answered ${status}; it must be ${expected}.`)];
}

async function readTenant(context: FuzzContext): Promise<Exchange> {
  const query = { $filter: `startswith(displayName,'${context.prefix}')`, $expand: "assignments", $count: "true" };
  return await sendWithRetries(buildRequest(context.target, "listProfiles", { query }), false, context);
}

function compareWithModel(tenant: Tenant, { answer }: Exchange, hasPriorities: boolean): Violation[] {
  const { value, "@odata.count": count } = Object(answer?.body);
  if (!Array.isArray(value)) return [violation("expectation", "body/value", "The list of profiles cannot be read.")];
  const found = value.map((profile) => modelProperties(profile, hasPriorities ? profile.priority : undefined));
  const wanted = tenant.map((profile, index) => modelProperties(profile, hasPriorities ? index : undefined));
  const at = wanted.findIndex((one, index) => !isDeepStrictEqual(one, found[index]));
  if (at >= 0)
    return [
      violation(
        "expectation",
        `body/value/${at}`,
        `The profile is ${formatValue(found[at])}; it must be ${formatValue(wanted[at])}.`,
      ),
    ];
  if (found.length === wanted.length && count === wanted.length) return [];
  return [
    violation(
      "expectation",
      "body/value",
      `The list has ${found.length} profiles, and the count is ${count}; both must be ${wanted.length}.`,
    ),
  ];
}

/** Selects the properties of a profile that are also in the model. */
function modelProperties(profile: Tenant[number], priority: number | undefined) {
  const { id, displayName, description, platform, assignments } = profile;
  const own = [...assignments]
    .map(({ id, target }) => ({ id, target }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  return { id, displayName, description, platform, priority, assignments: own };
}

function readEntityTags({ answer }: Exchange): ReadonlyMap<string, string> {
  const profiles: unknown = Object(answer?.body).value;
  const entities = Array.isArray(profiles) ? profiles.flatMap((one) => [one, ...(Object(one).assignments ?? [])]) : [];
  return new Map(entities.map((one) => [one.id, one["@odata.etag"]]));
}

/** The contract: "The version changes exactly when the entity does". A profile includes its priority, but not its assignments. */
function entityTagViolations(
  before: Tenant,
  old: ReadonlyMap<string, string>,
  after: Tenant,
  now: ReadonlyMap<string, string>,
) {
  const earlier = listEntities(before);
  return [...listEntities(after)].flatMap(([id, entity]) => {
    const known = earlier.get(id);
    if (known === undefined) return [];
    const isUnchanged = isDeepStrictEqual(known, entity);
    if (isUnchanged === (old.get(id) === now.get(id))) return [];
    const what = isUnchanged ? "has not changed, but its entity tag has" : "has changed, but its entity tag has not";
    return [violation("entity tag", "", `The entity ${id} ${what}: ${old.get(id)}, then ${now.get(id)}.`)];
  });
}

function listEntities(tenant: Tenant): ReadonlyMap<string, unknown> {
  return new Map(
    tenant.flatMap(({ assignments, ...profile }, priority): [string, unknown][] => [
      [profile.id, { ...profile, priority }],
      ...assignments.map((one): [string, unknown] => [one.id, one.target]),
    ]),
  );
}

function formatValue(value: unknown): string {
  return (JSON.stringify(value) ?? "missing").slice(0, 500);
}
