/** Tests that every statement of the PostgreSQL store names one tenant, so that the tables can be distributed by tenant. */
import assert from "node:assert/strict";
import { globSync, readFileSync, rmSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createAssignment, deleteAssignment, updateAssignments } from "../../server/domain/commands/assignments.ts";
import { createProfile, deleteProfile, setPriority } from "../../server/domain/commands/profiles.ts";
import { noContent, replaceContent, seedContent } from "../../server/domain/commands/tenantContent.ts";
import { accept, type RepeatabilityKey, type Store } from "../../server/domain/store.ts";
import { newProperties } from "../../server/graph/profileBodies.ts";
import { openPostgresStore } from "../../server/stores/postgres/postgresStore.ts";
import { startProxy } from "../faults/proxy.ts";
import { pageOf } from "../support/documented.ts";
import { query, startPostgres } from "../support/postgres.ts";
import { temporaryFolder } from "../support/setting.ts";

const folder = temporaryFolder();
const postgres = await startPostgres(folder);
after(async () => {
  await postgres.close();
  rmSync(folder, { recursive: true });
});

const tenant = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const now = "2026-11-23T12:00:00.000Z";
const properties = newProperties({ displayName: "A profile" });
const target = (groupId: string, filter?: string) =>
  ({
    "@odata.type": "#microsoft.graph.groupAssignmentTarget",
    groupId,
    ...(filter !== undefined && { deviceAndAppManagementAssignmentFilterId: filter }),
  }) as const;

/** Uses every statement of the store at least once. */
async function useAll(store: Store): Promise<void> {
  const isNamed = {
    kind: "compare",
    operator: "eq",
    left: { kind: "property", path: "id" },
    right: { kind: "literal", value: "p" },
  } as const;
  const key: RepeatabilityKey = {
    key: "k",
    request: "r",
    expires: Date.now() + 1_000_000,
    reuse: { kind: "conflict", target: "key", message: "Used." },
  };
  for (const id of ["p", "q"])
    await store.decide(tenant, createProfile({ properties, priority: undefined, newId: () => id, now }));
  await store.decide(tenant, setPriority({ profileId: "p", priority: 1, now }));
  await store.decide(tenant, {
    loads: { order: true },
    decide: () => accept(undefined, { kind: "spreadRanks" }),
  });
  await store.decide(tenant, createAssignment({ profileId: "p", target: target("g"), newId: () => "a" }), key);
  const update = (groupId: string, filter: string) =>
    store.decide(
      tenant,
      updateAssignments({
        profileId: "p",
        input: { id: "a", target: target(groupId, filter) },
        preconditions: {},
        newId: () => "-",
      }),
    );
  await update("g", "f");
  await update("h", "f");
  const { read } = store;
  for (const list of [{}, { limit: 1 }, { limit: 1, skip: 1 }, { condition: isNamed }]) {
    await read.profiles(tenant, list);
    await read.assignments(tenant, "p", list);
  }
  await read.profile(tenant, "p");
  await read.countProfiles(tenant);
  await read.countProfiles(tenant, isNamed);
  await read.assignment(tenant, "p", "a");
  await read.assignmentsOfAll(tenant, ["p", "q"]);
  await read.countAssignments(tenant, "p");
  await read.countAssignments(tenant, "none", isNamed);
  await store.decide(tenant, deleteAssignment({ profileId: "p", assignmentId: "a", preconditions: {} }));
  await store.decide(tenant, deleteProfile({ profileId: "p", preconditions: {} }));
  const seeds = [{ properties, targets: [target("g")] }];
  let id = 0;
  await store.decide(tenant, seedContent({ seeds, newId: () => `n${id++}`, now }));
  await store.decide(tenant, replaceContent(noContent));
}

/**
 * Returns the names and texts of the statements that a client has sent to be prepared
 * (https://www.postgresql.org/docs/current/protocol-message-formats.html, Parse). All messages except the first begin with
 * a letter, and all contain their length.
 */
function preparedIn(sent: Buffer): readonly (readonly [name: string, text: string])[] {
  const found: (readonly [string, string])[] = [];
  for (let at = sent.readInt32BE(0); at < sent.length; at += 1 + sent.readInt32BE(at + 1)) {
    if (String.fromCharCode(sent[at] ?? 0) !== "P") continue;
    const [name = "", text = ""] = sent
      .subarray(at + 5)
      .toString("utf8", 0, 10_000)
      .split("\0");
    found.push([name, text]);
  }
  return found;
}

async function observeStatements(): Promise<readonly (readonly [name: string, text: string])[]> {
  const proxy = await startProxy(postgres.port);
  const sent: Buffer[] = [];
  proxy.arm({
    fromClient: (bytes) => {
      sent.push(bytes);
      return "pass";
    },
  });
  const url = Object.assign(new URL(await postgres.newDatabase()), { port: String(proxy.port) });
  const store = await openPostgresStore(url.href, { poolSize: 1 });
  await useAll(store);
  await store.close();
  await proxy.close();
  return preparedIn(Buffer.concat(sent));
}

const statements = await observeStatements();
const onTenants = statements.filter(([, text]) => /apple_enrollment\.(?!schema_version)/.test(text));

test("the test observes all named statements of the store", () => {
  const root = fileURLToPath(new URL("../../server/stores/postgres/", import.meta.url));
  const code = globSync("**/*.ts", { cwd: root }).map((file) => readFileSync(`${root}/${file}`, "utf8"));
  const names = new Set(code.join("\n").match(/(?<=\bname: ")[\w-]+(?=",)/g));
  // The migration uses these two before the tables exist.
  for (const name of ["lock-schema", "find-schema", "find-version"]) names.delete(name);
  const observed = new Set(statements.map(([name]) => name));
  assert.deepEqual([...names].filter((name) => !observed.has(name)).sort(), []);
  assert.ok(onTenants.length > 25, String(onTenants.length));
});

for (const [name, text] of onTenants) {
  test(`the statement ${name || text.trim().slice(0, 60)} names one tenant for each table that it uses`, () => {
    const [, ...uses] = text.split(/apple_enrollment\./);
    const inserts =
      text.match(
        /INSERT INTO apple_enrollment\.\w+ \(tenant, [^)]*\)\s+(VALUES \(\$1,|VALUES \(\$1\)|SELECT t\.tenant,)/g,
      ) ?? [];
    const insertsTenant = text.match(/INSERT INTO apple_enrollment\.tenants \(tenant\) VALUES \(\$1\)/g) ?? [];
    const conditions = text.match(/\btenant = \$1/g) ?? [];
    assert.equal(conditions.length + inserts.length + insertsTenant.length, uses.length, text);
    assert.doesNotMatch(text, /tenant\)? (=|IN|= ANY) ?\(|USING \([^)]*\btenant\b|\btenant = (?!\$1)/, text);
  });
}

test("docs/deployment.md distributes every table of tenants, and each of its unique keys starts with the tenant", async () => {
  const url = await postgres.newDatabase();
  await (await openPostgresStore(url)).close();
  const tables = await query(
    url,
    "SELECT table_name FROM information_schema.columns WHERE table_schema = 'apple_enrollment' AND column_name = 'tenant'",
  );
  const documented = pageOf("deployment.md").matchAll(/create_distributed_table\('apple_enrollment\.(\w+)', 'tenant'/g);
  assert.deepEqual(
    Array.from(documented, ([, table]) => table).sort(),
    tables.map(({ table_name }) => table_name).sort(),
  );
  const keys = await query(
    url,
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'apple_enrollment' AND indexdef LIKE 'CREATE UNIQUE INDEX%'",
  );
  assert.ok(keys.length >= 6);
  for (const { indexdef } of keys) assert.match(String(indexdef), /\(tenant\b/);
});
