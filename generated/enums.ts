// Made from openapi.yaml by `npm run generate`; do not edit.

/** The members of each enumeration, in the contract's order. In Graph's enumerations the index of a member is its value. */
export const enumMembers = {
  appleUserInitiatedEnrollmentType: ["unknown","device","user","accountDrivenUserEnrollment","webDeviceEnrollment","unknownFutureValue"],
  managedDeviceOwnerType: ["unknown","company","personal","unknownFutureValue"],
  devicePlatformType: ["android","androidForWork","iOS","macOS","windowsPhone81","windows81AndLater","windows10AndLater","androidWorkProfile","unknown","androidAOSP","androidMobileApplicationManagement","iOSMobileApplicationManagement","unknownFutureValue","windowsMobileApplicationManagement"],
  deviceAndAppManagementAssignmentFilterType: ["none","include","exclude"],
  profileTypeName: ["#microsoft.graph.appleUserInitiatedEnrollmentProfile","microsoft.graph.appleUserInitiatedEnrollmentProfile"],
  assignmentTypeName: ["#microsoft.graph.appleEnrollmentProfileAssignment","microsoft.graph.appleEnrollmentProfileAssignment"],
  ErrorCode: ["BadRequest","No method match route template","InvalidAuthenticationToken","Forbidden","ResourceNotFound","MethodNotAllowed","MisdirectedRequest","Conflict","PreconditionFailed","FailedDependency","RequestEntityTooLarge","UriTooLong","UnsupportedMediaType","RequestHeaderFieldsTooLarge","TooManyRequests","InternalServerError","ServiceUnavailable"],
  batchMethod: ["GET","POST","PUT","PATCH","DELETE","get","post","put","patch","delete"],
} as const;
