import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES;

import enrollment.ApiClient;
import enrollment.ApiException;
import enrollment.AssignmentsApi;
import enrollment.JSON;
import enrollment.ProfilesApi;
import enrollment.model.AppleEnrollmentProfileAssignment;
import enrollment.model.AssignmentTargetInput;
import enrollment.model.AssignmentUpsert;
import enrollment.model.AssignmentsUpdate;
import enrollment.model.DeviceAndAppManagementAssignmentTargetInput;
import enrollment.model.ErrorCode;
import enrollment.model.GraphError;
import enrollment.model.GroupAssignmentTarget;
import enrollment.model.GroupAssignmentTargetInput;
import enrollment.model.ProfileCreate;
import java.util.List;

public class Conversation {
  static ApiClient client(String token) {
    ApiClient client = new ApiClient();
    client.setObjectMapper(ApiClient.createDefaultObjectMapper().enable(FAIL_ON_UNKNOWN_PROPERTIES)); // needed to distinguish the types of a oneOf
    client.updateBaseUri(System.getenv("BASE_URL"));
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    return client;
  }

  static AppleEnrollmentProfileAssignment assign(String profileId, AssignmentTargetInput target) throws ApiException {
    var body = new AssignmentsUpdate(new AssignmentUpsert().target(target));
    var answer = assignments.updateAssignments(profileId, body, null, null, null, null, null, null);
    return answer.getAppleEnrollmentProfileAssignment();
  }

  static final ApiClient client = client(System.getenv("TOKEN"));
  static final ProfilesApi profiles = new ProfilesApi(client);
  static final AssignmentsApi assignments = new AssignmentsApi(client);

  public static void main(String[] args) throws Exception {
    var profile = profiles.createProfile(new ProfileCreate().displayName("Personal iPhones"), null, null, null, null);
    var group = new AssignmentTargetInput(new GroupAssignmentTargetInput()
        .atOdataType(GroupAssignmentTargetInput.AtOdataTypeEnum._MICROSOFT_GRAPH_GROUP_ASSIGNMENT_TARGET)
        .groupId("6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10"));
    var assignment = assign(profile.getId(), group);
    System.out.println(assignment.getId());

    expect(assign(profile.getId(), group).getId(), assignment.getId());
    var base = new AssignmentTargetInput(new DeviceAndAppManagementAssignmentTargetInput()
        .atOdataType(DeviceAndAppManagementAssignmentTargetInput.AtOdataTypeEnum.MICROSOFT_GRAPH_DEVICE_AND_APP_MANAGEMENT_ASSIGNMENT_TARGET));
    var second = assign(profile.getId(), base);
    expect(assign(profile.getId(), base).getId(), second.getId());

    var listed = assignments.listAssignments(profile.getId(), null, null, null, null, null, null, null, null).getValue();
    expect(listed.stream().map(each -> each.getId()).toList(), List.of(assignment.getId(), second.getId()));
    GroupAssignmentTarget kept = listed.get(0).getTarget().getGroupAssignmentTarget();
    expect(kept.getGroupId(), "6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10");

    var missing = refused(() -> profiles.getProfile("missing", null, null, null, null));
    expect(missing.getCode(), 404);
    expect(errorOf(missing), ErrorCode.RESOURCE_NOT_FOUND);

    var stranger = new ProfilesApi(client("wrong"));
    var unknown = refused(() -> stranger.listProfiles(null, null, null, null, null, null, null, null, null));
    expect(unknown.getCode(), 401);
    expect(errorOf(unknown), ErrorCode.INVALID_AUTHENTICATION_TOKEN);
  }

  interface Call {
    void make() throws ApiException;
  }

  static ApiException refused(Call call) {
    try {
      call.make();
    } catch (ApiException refusal) {
      return refusal;
    }
    throw new AssertionError("The call succeeded, but it should have been refused.");
  }

  static ErrorCode errorOf(ApiException refusal) throws Exception {
    return JSON.getDefault().getMapper().readValue(refusal.getResponseBody(), GraphError.class).getError().getCode();
  }

  static void expect(Object found, Object expected) {
    if (!expected.equals(found)) throw new AssertionError("expected " + expected + ", but got " + found);
  }
}
