/**
 * The service's metadata: the part of Microsoft Graph's metadata (beta, `GET /$metadata`) that this contract uses, with the
 * same names, order and values. openapi.yaml does not describe abstract types and navigation properties, so they are written
 * here. A test compares the metadata with the contract.
 */
import { enumMembers } from "../../generated/enums.ts";
import type { ProfilePropertyName } from "../domain/profile/properties.ts";
import { memberNames } from "../shared/members.ts";

/** Whether an enumeration belongs to Microsoft Graph's metadata. The other enumerations exist only in the contract. */
const isInMetadata: Readonly<Record<keyof typeof enumMembers, boolean>> = {
  appleUserInitiatedEnrollmentType: true,
  managedDeviceOwnerType: true,
  devicePlatformType: true,
  deviceAndAppManagementAssignmentFilterType: true,
  profileTypeName: false,
  assignmentTypeName: false,
  ErrorCode: false,
  batchMethod: false,
};

/** The attributes of a profile's properties, in alphabetical order as in Microsoft Graph. `id` belongs to the base type. */
const propertyAttributes: Readonly<Record<Exclude<ProfilePropertyName, "id">, string>> = {
  availableEnrollmentTypeOptions: 'Type="Collection(graph.appleOwnerTypeEnrollmentType)"',
  createdDateTime: 'Type="Edm.DateTimeOffset" Nullable="false"',
  defaultEnrollmentType: 'Type="graph.appleUserInitiatedEnrollmentType" Nullable="false"',
  description: 'Type="Edm.String"',
  displayName: 'Type="Edm.String"',
  lastModifiedDateTime: 'Type="Edm.DateTimeOffset" Nullable="false"',
  platform: 'Type="graph.devicePlatformType" Nullable="false"',
  priority: 'Type="Edm.Int32" Nullable="false"',
};

function enumTypes(): string {
  return memberNames(isInMetadata)
    .filter((name) => isInMetadata[name])
    .map((name) => {
      const members = enumMembers[name].map((member, value) => `        <Member Name="${member}" Value="${value}"/>`);
      return [`      <EnumType Name="${name}">`, ...members, "      </EnumType>"].join("\n");
    })
    .join("\n");
}

function profileProperties(): string {
  return memberNames(propertyAttributes)
    .map((name) => `        <Property Name="${name}" ${propertyAttributes[name]}/>`)
    .join("\n");
}

export const metadata = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
${enumTypes()}
      <EntityType Name="entity" Abstract="true">
        <Key>
          <PropertyRef Name="id"/>
        </Key>
        <Property Name="id" Type="Edm.String" Nullable="false"/>
      </EntityType>
      <EntityType Name="deviceManagement" BaseType="graph.entity">
        <NavigationProperty Name="appleUserInitiatedEnrollmentProfiles" Type="Collection(graph.appleUserInitiatedEnrollmentProfile)" ContainsTarget="true"/>
      </EntityType>
      <EntityType Name="appleUserInitiatedEnrollmentProfile" BaseType="graph.entity">
${profileProperties()}
        <NavigationProperty Name="assignments" Type="Collection(graph.appleEnrollmentProfileAssignment)" ContainsTarget="true"/>
      </EntityType>
      <EntityType Name="appleEnrollmentProfileAssignment" BaseType="graph.entity">
        <Property Name="target" Type="graph.deviceAndAppManagementAssignmentTarget"/>
      </EntityType>
      <ComplexType Name="appleOwnerTypeEnrollmentType">
        <Property Name="enrollmentType" Type="graph.appleUserInitiatedEnrollmentType" Nullable="false"/>
        <Property Name="ownerType" Type="graph.managedDeviceOwnerType" Nullable="false"/>
      </ComplexType>
      <ComplexType Name="deviceAndAppManagementAssignmentTarget" Abstract="true">
        <Property Name="deviceAndAppManagementAssignmentFilterId" Type="Edm.String"/>
        <Property Name="deviceAndAppManagementAssignmentFilterType" Type="graph.deviceAndAppManagementAssignmentFilterType" Nullable="false"/>
      </ComplexType>
      <ComplexType Name="allLicensedUsersAssignmentTarget" BaseType="graph.deviceAndAppManagementAssignmentTarget"/>
      <ComplexType Name="allDevicesAssignmentTarget" BaseType="graph.deviceAndAppManagementAssignmentTarget"/>
      <ComplexType Name="groupAssignmentTarget" BaseType="graph.deviceAndAppManagementAssignmentTarget">
        <Property Name="groupId" Type="Edm.String"/>
      </ComplexType>
      <ComplexType Name="exclusionGroupAssignmentTarget" BaseType="graph.groupAssignmentTarget"/>
      <ComplexType Name="configurationManagerCollectionAssignmentTarget" BaseType="graph.deviceAndAppManagementAssignmentTarget">
        <Property Name="collectionId" Type="Edm.String"/>
      </ComplexType>
      <Action Name="setPriority" IsBound="true">
        <Parameter Name="bindingParameter" Type="graph.appleUserInitiatedEnrollmentProfile"/>
        <Parameter Name="priority" Type="Edm.Int32" Nullable="false"/>
      </Action>
      <EntityContainer Name="GraphService">
        <Singleton Name="deviceManagement" Type="graph.deviceManagement"/>
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
`;
