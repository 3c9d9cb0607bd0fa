/**
 * The service's metadata: what of Graph's own (beta, `GET /$metadata`) this contract has a use for, with Graph's names,
 * order and values. By hand, because openapi.yaml knows neither values of enumerations nor what is abstract; a test
 * compares the two.
 */
export const metadata = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EnumType Name="appleUserInitiatedEnrollmentType">
        <Member Name="unknown" Value="0"/>
        <Member Name="device" Value="1"/>
        <Member Name="user" Value="2"/>
        <Member Name="accountDrivenUserEnrollment" Value="3"/>
        <Member Name="webDeviceEnrollment" Value="4"/>
        <Member Name="unknownFutureValue" Value="5"/>
      </EnumType>
      <EnumType Name="managedDeviceOwnerType">
        <Member Name="unknown" Value="0"/>
        <Member Name="company" Value="1"/>
        <Member Name="personal" Value="2"/>
        <Member Name="unknownFutureValue" Value="3"/>
      </EnumType>
      <EnumType Name="devicePlatformType">
        <Member Name="android" Value="0"/>
        <Member Name="androidForWork" Value="1"/>
        <Member Name="iOS" Value="2"/>
        <Member Name="macOS" Value="3"/>
        <Member Name="windowsPhone81" Value="4"/>
        <Member Name="windows81AndLater" Value="5"/>
        <Member Name="windows10AndLater" Value="6"/>
        <Member Name="androidWorkProfile" Value="7"/>
        <Member Name="unknown" Value="8"/>
        <Member Name="androidAOSP" Value="9"/>
        <Member Name="androidMobileApplicationManagement" Value="10"/>
        <Member Name="iOSMobileApplicationManagement" Value="11"/>
        <Member Name="unknownFutureValue" Value="12"/>
        <Member Name="windowsMobileApplicationManagement" Value="13"/>
      </EnumType>
      <EnumType Name="deviceAndAppManagementAssignmentFilterType">
        <Member Name="none" Value="0"/>
        <Member Name="include" Value="1"/>
        <Member Name="exclude" Value="2"/>
      </EnumType>
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
        <Property Name="availableEnrollmentTypeOptions" Type="Collection(graph.appleOwnerTypeEnrollmentType)"/>
        <Property Name="createdDateTime" Type="Edm.DateTimeOffset" Nullable="false"/>
        <Property Name="defaultEnrollmentType" Type="graph.appleUserInitiatedEnrollmentType" Nullable="false"/>
        <Property Name="description" Type="Edm.String"/>
        <Property Name="displayName" Type="Edm.String"/>
        <Property Name="lastModifiedDateTime" Type="Edm.DateTimeOffset" Nullable="false"/>
        <Property Name="platform" Type="graph.devicePlatformType" Nullable="false"/>
        <Property Name="priority" Type="Edm.Int32" Nullable="false"/>
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
