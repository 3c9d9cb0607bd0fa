/** Invalid bodies of an assignment, each with a description and the property that the error must name. */
export const badTargets: readonly (readonly [string, object, string])[] = [
  ["a null target", { target: null }, "target"],
  ["an array as the target", { target: [] }, "target"],
  ["a target without a type", { target: { groupId: "g" } }, "target.@odata.type"],
  ["a target of an unknown type", { target: { "@odata.type": "#microsoft.graph.userTarget" } }, "target.@odata.type"],
  [
    "a group target without its groupId, as one SDK sends it",
    { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget" } },
    "target.groupId",
  ],
  [
    "an empty groupId",
    { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: "" } },
    "target.groupId",
  ],
  [
    "a null groupId",
    { target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: null } },
    "target.groupId",
  ],
  [
    "a groupId in a target that has no groupId",
    { target: { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget", groupId: "g" } },
    "target.groupId",
  ],
  [
    "a null filter type",
    {
      target: {
        "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget",
        deviceAndAppManagementAssignmentFilterType: null,
      },
    },
    "target.deviceAndAppManagementAssignmentFilterType",
  ],
  [
    "a filter type and a null filter id",
    {
      target: {
        "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget",
        deviceAndAppManagementAssignmentFilterId: null,
        deviceAndAppManagementAssignmentFilterType: "exclude",
      },
    },
    "target.deviceAndAppManagementAssignmentFilterId",
  ],
  [
    "another entity's @odata.type",
    { "@odata.type": "#microsoft.graph.user", target: { "@odata.type": "x" } },
    "@odata.type",
  ],
  [
    "an unknown property",
    { target: { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" }, source: "direct" },
    "source",
  ],
];
