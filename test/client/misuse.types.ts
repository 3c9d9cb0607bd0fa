/**
 * Correct and wrong uses of the client's types. Nothing runs: `tsc -p .` checks that the code after each
 * `@ts-expect-error` does not compile, and that all other code does.
 */
import type { Answer, Client, GraphError, Input, OperationId, PlainAnswer, Schemas } from "../../client/index.ts";
import { createClient } from "../../client/index.ts";
import type { operations } from "../../generated/api.d.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_Condition extends true>(): void => {};

type Profile = Schemas["appleUserInitiatedEnrollmentProfile"];
type Assignment = Schemas["appleEnrollmentProfileAssignment"];

const path = { profileId: "p" };
const groupTarget = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: "g" } as const;

export async function inputs(client: Client): Promise<void> {
  await client.listProfiles();
  await client.listProfiles({ signal: AbortSignal.timeout(1000) });
  await client.createProfile({ body: { displayName: "x", description: null } });
  await client.updateProfile({ path, headers: { "If-Match": "*" }, body: {} });
  await client.updateAssignments({ path, body: { target: groupTarget } });

  // @ts-expect-error a misspelt optional property of the body
  await client.createProfile({ body: { displayName: "x", descripton: "y" } });
  // @ts-expect-error a misspelt property of a body whose properties are all optional
  await client.updateProfile({ path, body: { displayname: "x" } });
  // @ts-expect-error a misspelt optional property deep in the body
  await client.createAssignment({ path, body: { target: { ...groupTarget, filterId: "f" } } });
  // @ts-expect-error a missing property of the body
  await client.createProfile({ body: { description: "y" } });
  // @ts-expect-error a missing property deep in the body
  await client.createAssignment({ path, body: { target: { "@odata.type": "microsoft.graph.groupAssignmentTarget" } } });
  // @ts-expect-error an extra property of the body
  await client.setPriority({ path, body: { priority: 0, force: true } });
  // @ts-expect-error a property of the body with a wrong type
  await client.setPriority({ path, body: { priority: "0" } });
  // @ts-expect-error a property of the body with an undeclared value
  await client.createProfile({ body: { displayName: "x", platform: "ios" } });
  // @ts-expect-error a property that exists only in answers
  await client.createAssignment({ path, body: { target: groupTarget, "@odata.etag": 'W/"1"' } });
  // @ts-expect-error another operation's body
  await client.createAssignment({ path, body: { displayName: "x" } });
  // @ts-expect-error a missing required body
  await client.createProfile({});
  // @ts-expect-error a missing required input
  await client.createProfile();
  // @ts-expect-error a body for a DELETE, which declares none
  await client.deleteProfile({ path, body: {} });
  // @ts-expect-error a body for an operation that declares no input
  await client.listProfiles({ body: {} });
  // @ts-expect-error a wrong path parameter
  await client.getProfile({ path: { id: "p" } });
  // @ts-expect-error a missing path parameter
  await client.getAssignment({ path });
  // @ts-expect-error an extra path parameter
  await client.getProfile({ path: { profileId: "p", assignmentId: "a" } });
  // @ts-expect-error a path parameter of a wrong type
  await client.getProfile({ path: { profileId: 1 } });
  // @ts-expect-error a header that the operation does not declare
  await client.getProfile({ path, headers: { "If-Match": "*" } });
  // @ts-expect-error a misspelt header
  await client.deleteProfile({ path, headers: { "if-match": "*" } });
  // @ts-expect-error a misspelt query option
  await client.listProfiles({ query: { top: 1 } });
  // @ts-expect-error a query option that the operation does not declare
  await client.getProfile({ path, query: { $filter: "id eq 'p'" } });
  // @ts-expect-error a delta, for which the client has its own method
  await client.updateAssignments({ path, body: { "@odata.context": "#$delta", value: [] } });
  // @ts-expect-error a precondition on a delta
  await client.updateAssignmentsDelta({ path, body: { value: [] }, headers: { "If-Match": "*" } });
  // @ts-expect-error a misspelt member of the input
  await client.listProfiles({ singal: AbortSignal.timeout(1000) });
  // @ts-expect-error an unknown operation
  await client.renameProfile({ path });
}

export async function extras(client: Client, profile: Profile, assignment: Assignment): Promise<void> {
  await client.update(profile, { displayName: "x" });
  await client.update(assignment, { target: groupTarget }, { profileId: "p", signal: AbortSignal.timeout(1000) });
  // @ts-expect-error a misspelt property of the patch
  await client.update(profile, { displayname: "x" });
  // @ts-expect-error an assignment's property in a profile's patch
  await client.update(profile, { target: groupTarget });
  // @ts-expect-error an assignment without its profile id
  await client.update(assignment, { target: groupTarget });
  // @ts-expect-error a profile without its entity tag
  await client.update({ "@odata.type": profile["@odata.type"], id: "p" }, {});
  // @ts-expect-error an entity of the wrong kind
  await client.update({ "@odata.type": "#microsoft.graph.group", "@odata.etag": "e", id: "g" }, {});
  const updated = await client.update(profile, {});
  holds<Equal<typeof updated, PlainAnswer<"updateProfile">>>();
  if (updated.status === 412) holds<Equal<typeof updated, GraphError<412, Schemas["GraphError"]>>>();

  for await (const each of client.pages.listProfiles({ query: { $top: 1 } })) holds<Equal<typeof each, Profile>>();
  for await (const each of client.pages.listAssignments({ path })) holds<Equal<typeof each, Assignment>>();
  for await (const each of client.shaped.pages.listProfiles({ query: { $select: "id" } })) {
    holds<Equal<typeof each, Schemas["selectableProfile"]>>();
  }
  // @ts-expect-error a list of assignments without its profile
  client.pages.listAssignments();
  // @ts-expect-error a query option that changes the type of the answer
  client.pages.listProfiles({ query: { $select: "id" } });
  // @ts-expect-error an operation that does not return a collection
  client.pages.getProfile({ path });
}

export async function batches(client: Client): Promise<void> {
  const batch = client.newBatch();
  const write = batch.updateAssignments({ path, body: { target: groupTarget } });
  const count = batch.countAssignments({ path }, { dependsOn: [write] });
  batch.shaped.listProfiles({ query: { $select: "id" } });
  // @ts-expect-error a misspelt property of the body
  batch.createProfile({ body: { displayName: "x", descripton: "y" } });
  // @ts-expect-error a missing required input
  batch.getProfile();
  // @ts-expect-error a signal for one request of a batch, because the batch is sent as a whole
  batch.getProfile({ path, signal: AbortSignal.timeout(1000) });
  // @ts-expect-error an id instead of a request in `dependsOn`
  batch.countProfiles({}, { dependsOn: ["1"] });
  // @ts-expect-error a batch in a batch
  batch.batch({ body: { requests: [] } });
  const answers = await batch.send();
  // @ts-expect-error reading the answers before checking that the batch succeeded
  void answers.to;
  if (!answers.ok) {
    holds<Equal<typeof answers.status, 400 | 401 | 412 | 413 | 415 | 429 | 500 | 503>>();
    throw answers;
  }
  const counted = answers.to(count);
  if (counted.ok) holds<Equal<typeof counted.data, string>>();
  else if (counted.status === 424) holds<Equal<typeof counted, GraphError<424, Schemas["GraphError"]>>>();
  const written = answers.to(write);
  if (written.ok) holds<Equal<typeof written.data, Assignment>>();
}

export function options(): void {
  const required = { baseUrl: "https://graph.example/beta", token: "t" };
  createClient({ ...required, timeout: 1000, retries: { times: 5, budget: 10 }, onRequest: () => {} });
  // @ts-expect-error a misspelt option
  createClient({ ...required, timeOut: 1000 });
  // @ts-expect-error a misspelt option of the retries
  createClient({ ...required, retries: { attempts: 5 } });
  // @ts-expect-error a missing token
  createClient({ baseUrl: "https://graph.example/beta" });
  // @ts-expect-error a token function that may return undefined
  createClient({ ...required, token: async () => undefined });
}

export async function answers(client: Client): Promise<Schemas["appleUserInitiatedEnrollmentProfile"] | undefined> {
  const answer = await client.getProfile({ path });
  // @ts-expect-error a status that the operation does not declare
  if (answer.status === 409) return undefined;
  // @ts-expect-error reading the data before checking that the call succeeded
  void answer.data;
  if (answer.status === 404) {
    holds<Equal<typeof answer, GraphError<404, Schemas["GraphError"]>>>();
    // @ts-expect-error reading the data of an error
    void answer.data;
    return undefined;
  }
  if (!answer.ok) {
    holds<Equal<typeof answer.status, 400 | 401 | 403 | 429 | 500 | 503>>();
    throw answer;
  }
  holds<Equal<typeof answer.status, 200>>();
  // @ts-expect-error a property that the entity does not have
  void answer.data.dispalyName;
  return answer.data;
}

export async function contents(client: Client): Promise<void> {
  const count = await client.countProfiles();
  if (count.ok) holds<Equal<typeof count.data, string>>();
  const created = await client.createAssignment({ path, body: { target: groupTarget } });
  if (created.status === 201) holds<Equal<typeof created.data, Schemas["appleEnrollmentProfileAssignment"]>>();
  const minimal = await client.shaped.createAssignment({
    path,
    headers: { Prefer: "return=minimal" },
    body: { target: groupTarget },
  });
  if (minimal.status === 204) holds<Equal<typeof minimal.data, undefined>>();
  const whole = await client.listProfiles({ query: { $top: 1 } });
  if (whole.ok) holds<Equal<typeof whole.data.value, Schemas["appleUserInitiatedEnrollmentProfile"][]>>();
  const selected = await client.shaped.listProfiles({ query: { $select: "id" } });
  if (selected.ok) holds<Equal<typeof selected.data.value, Schemas["selectableProfile"][]>>();
  const seed = await client.updateAssignments({ path, body: { target: groupTarget } });
  if (seed.ok) holds<Equal<typeof seed.data, Schemas["appleEnrollmentProfileAssignment"]>>();
  const delta = await client.updateAssignmentsDelta({ path, body: { "@odata.context": "#$delta", value: [] } });
  if (delta.status === 200) holds<Equal<typeof delta.data, Schemas["assignmentDeltaResult"]>>();
  const deleted = await client.deleteProfile({ path });
  if (deleted.ok) holds<Equal<typeof deleted.data, undefined>>();
}

holds<Equal<OperationId, keyof operations>>();
type Extra = "updateAssignmentsDelta" | "shaped" | "pages" | "update" | "newBatch" | "raw";
holds<Equal<OperationId | Extra, keyof Client>>();
holds<Equal<Answer<OperationId>, Answer<"getProfile"> | Answer<Exclude<OperationId, "getProfile">>>>();
holds<Equal<Input<"setPriority">["path"], { profileId: string }>>();
// @ts-expect-error an operation that the contract does not have
holds<Equal<Input<"renameProfile">, never>>();
