/**
 * @microsoft/msgraph-beta-sdk: Microsoft's models and request adapter for TypeScript, made by Kiota. The published
 * package has no request builders; a caller writes the paths. Over plain http: on the loopback that works.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { HttpMethod } from "@microsoft/kiota-abstractions";
import {
  type AppleEnrollmentProfileAssignment,
  type AppleUserInitiatedEnrollmentProfile,
  type AppleUserInitiatedEnrollmentProfileCollectionResponse,
  createAppleEnrollmentProfileAssignmentFromDiscriminatorValue,
  createAppleUserInitiatedEnrollmentProfileCollectionResponseFromDiscriminatorValue,
  createAppleUserInitiatedEnrollmentProfileFromDiscriminatorValue,
  type DeviceAndAppManagementAssignmentTarget,
  type GroupAssignmentTarget,
  serializeAppleEnrollmentProfileAssignment,
  serializeAppleUserInitiatedEnrollmentProfile,
  serializeGroupAssignmentTarget,
} from "@microsoft/msgraph-beta-sdk/models/index.js";
import { enterWorld, profilesPath } from "../support/tenant.ts";
import { type KiotaClient, kiotaClient } from "./kiotaClient.ts";

const world = await enterWorld();
const newClient = async () => kiotaClient(world.direct, (await world.tenant()).token);

const profileModel = (value: AppleUserInitiatedEnrollmentProfile) => ({
  value,
  serializer: serializeAppleUserInitiatedEnrollmentProfile,
});
const assignmentModel = (value: AppleEnrollmentProfileAssignment) => ({
  value,
  serializer: serializeAppleEnrollmentProfileAssignment,
});

async function createProfile(client: KiotaClient, displayName = "Personal iPhones") {
  const model = profileModel({ displayName });
  const created = await client.send(
    HttpMethod.POST,
    profilesPath,
    model,
    createAppleUserInitiatedEnrollmentProfileFromDiscriminatorValue,
  );
  assert.ok(created?.id);
  return { path: `${profilesPath}/${created.id}`, id: created.id };
}

const createAssignment = (
  client: KiotaClient,
  profilePath: string,
  target: DeviceAndAppManagementAssignmentTarget,
  method = HttpMethod.POST,
) =>
  client.send(
    method,
    `${profilePath}/assignments`,
    assignmentModel({ target }),
    createAppleEnrollmentProfileAssignmentFromDiscriminatorValue,
  );

const groupId = "35d09841-af73-43e6-a59f-024fef1b6b95";
const groupType = "#microsoft.graph.groupAssignmentTarget";

describe("@microsoft/msgraph-beta-sdk (Kiota TypeScript), over plain http on the loopback", () => {
  test("writes and reads a profile as Microsoft's model", async () => {
    const client = await newClient();
    const sent: AppleUserInitiatedEnrollmentProfile = {
      displayName: "Personal iPhones",
      description: "Users bring their own",
      platform: "macOS",
      defaultEnrollmentType: "accountDrivenUserEnrollment",
      availableEnrollmentTypeOptions: [{ ownerType: "personal", enrollmentType: "user" }],
    };
    const factory = createAppleUserInitiatedEnrollmentProfileFromDiscriminatorValue;
    const created = await client.send(HttpMethod.POST, profilesPath, profileModel(sent), factory);
    const read = await client.get<AppleUserInitiatedEnrollmentProfile>(`${profilesPath}/${created?.id}`, factory);
    assert.equal(read?.displayName, sent.displayName);
    assert.equal(read?.platform, "macOS");
    assert.equal(read?.defaultEnrollmentType, "accountDrivenUserEnrollment");
    assert.deepEqual(
      read?.availableEnrollmentTypeOptions?.map(({ ownerType, enrollmentType }) => [ownerType, enrollmentType]),
      [["personal", "user"]],
    );
    assert.ok(read?.createdDateTime instanceof Date);
    assert.equal(read.priority, 0);
  });

  test("sends back what it read, annotations and all", async () => {
    const client = await newClient();
    const factory = createAppleUserInitiatedEnrollmentProfileFromDiscriminatorValue;
    const { path } = await createProfile(client);
    const read = await client.get<AppleUserInitiatedEnrollmentProfile>(path, factory);
    assert.ok(read);
    const updated = await client.send(HttpMethod.PATCH, path, profileModel({ ...read, description: "x" }), factory);
    assert.equal(updated?.description, "x");
    const cleared = await client.send(HttpMethod.PATCH, path, profileModel({ description: null }), factory);
    assert.equal(cleared?.description ?? null, null);
  });

  test("writes and reads an assignment as Microsoft's model, and repeats the seed's PATCH", async () => {
    const client = await newClient();
    const { path } = await createProfile(client);
    const target = {
      odataType: "#microsoft.graph.allLicensedUsersAssignmentTarget",
      deviceAndAppManagementAssignmentFilterId: "2d9c1a44-0c06-4a6b-9f7e-6d0f5a4c7b21",
      deviceAndAppManagementAssignmentFilterType: "include",
    } as const;
    const created = await createAssignment(client, path, target);
    assert.equal(created?.target?.odataType, target.odataType);
    assert.equal(created?.target?.deviceAndAppManagementAssignmentFilterType, "include");
    const repeated = await createAssignment(client, path, target, HttpMethod.PATCH);
    assert.equal(repeated?.id, created?.id);
    await client.delete(`${path}/assignments/${created?.id}`);
    await client.delete(path);
  });

  test("loses a group target's groupId as it serialises it (kiota#6777), and is told which property is missing", async () => {
    const client = await newClient();
    const { path } = await createProfile(client);
    const target: GroupAssignmentTarget = { odataType: groupType, groupId };
    await assert.rejects(createAssignment(client, path, target), (error) => {
      assert.equal(Object(error).responseStatusCode, 400);
      assert.equal(Object(error).errorEscaped.target, "target.groupId");
      return true;
    });
  });

  test("gets the groupId through in additionalData", async () => {
    const client = await newClient();
    const { path } = await createProfile(client);
    const created = await createAssignment(client, path, { odataType: groupType, additionalData: { groupId } });
    assert.equal(Object(created?.target).groupId, groupId);
  });

  test("gets the groupId through with a serialiser that names the derived type's", async () => {
    const client = await newClient();
    const { path } = await createProfile(client);
    const target: GroupAssignmentTarget = { odataType: groupType, groupId };
    const created = await client.send(
      HttpMethod.POST,
      `${path}/assignments`,
      {
        value: { target },
        serializer: (writer) => writer.writeObjectValue("target", target, serializeGroupAssignmentTarget),
      },
      createAppleEnrollmentProfileAssignmentFromDiscriminatorValue,
    );
    assert.equal(Object(created?.target).groupId, groupId);
  });

  test("follows an absolute next link", async () => {
    const client = await newClient();
    const [first, second] = [await createProfile(client, "First"), await createProfile(client, "Second")];
    const factory = createAppleUserInitiatedEnrollmentProfileCollectionResponseFromDiscriminatorValue;
    const page = await client.get<AppleUserInitiatedEnrollmentProfileCollectionResponse>(
      `${profilesPath}?$top=1`,
      factory,
    );
    assert.deepEqual(
      page?.value?.map(({ id }) => id),
      [first.id],
    );
    const next = await client.follow<AppleUserInitiatedEnrollmentProfileCollectionResponse>(
      page?.odataNextLink ?? "",
      factory,
    );
    assert.deepEqual(
      next?.value?.map(({ id }) => id),
      [second.id],
    );
    assert.equal(next?.odataNextLink ?? null, null);
  });
});

describe("Kiota generally", () => {
  test("reads a target whose type was written without # as the type it is, because it is answered with #", async () => {
    const client = await newClient();
    const { path } = await createProfile(client);
    const odataType = "microsoft.graph.groupAssignmentTarget";
    const created = await createAssignment(client, path, { odataType, additionalData: { groupId } });
    assert.equal(created?.target?.odataType, groupType);
    // A property of the derived type. Kiota would have put it in additionalData, had it fallen back to the base type.
    assert.equal(Object(created?.target).groupId, groupId);
    assert.equal(created?.target?.additionalData?.["groupId"], undefined);
  });

  test("reads the seed's target, answered without # as the seed prints it, as the base type that it is", async () => {
    const client = await newClient();
    const { path } = await createProfile(client);
    const odataType = "microsoft.graph.deviceAndAppManagementAssignmentTarget";
    const updated = await createAssignment(client, path, { odataType }, HttpMethod.PATCH);
    assert.equal(updated?.target?.odataType, odataType);
    assert.equal(updated?.target?.deviceAndAppManagementAssignmentFilterType, "none");
  });
});
