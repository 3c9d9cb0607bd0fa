import os

from enrollment import AuthenticatedClient
from enrollment.api.assignments import list_assignments, update_assignments
from enrollment.api.profiles import create_profile, get_profile, list_profiles
from enrollment.models import (
    AppleEnrollmentProfileAssignment,
    AppleUserInitiatedEnrollmentProfile,
    AssignmentCollection,
    AssignmentUpsert,
    DeviceAndAppManagementAssignmentTargetInput,
    GraphError,
    GroupAssignmentTarget,
    GroupAssignmentTargetInput,
    ProfileCreate,
)

base_url = os.environ.get("BASE_URL", "http://127.0.0.1:3000/beta")
client = AuthenticatedClient(base_url, token=os.environ["TOKEN"])

profile = create_profile.sync(client=client, body=ProfileCreate("Personal iPhones"))
if not isinstance(profile, AppleUserInitiatedEnrollmentProfile):
    raise RuntimeError(profile)
profile_id = profile.id
group = GroupAssignmentTargetInput("#microsoft.graph.groupAssignmentTarget", "6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10")
assignment = update_assignments.sync(profile_id, client=client, body=AssignmentUpsert(target=group))
if isinstance(assignment, AppleEnrollmentProfileAssignment):
    print(assignment.id, assignment.target)


def assign(target: GroupAssignmentTargetInput | DeviceAndAppManagementAssignmentTargetInput) -> str:
    answer = update_assignments.sync(profile_id, client=client, body=AssignmentUpsert(target=target))
    assert isinstance(answer, AppleEnrollmentProfileAssignment), answer
    return answer.id


first = assign(group)
assert assign(group) == first
base = DeviceAndAppManagementAssignmentTargetInput("microsoft.graph.deviceAndAppManagementAssignmentTarget")
second = assign(base)
assert assign(base) == second

listed = list_assignments.sync(profile_id, client=client)
assert isinstance(listed, AssignmentCollection), listed
assert [item.id for item in listed.value] == [first, second]
target = listed.value[0].target
assert isinstance(target, GroupAssignmentTarget), target
assert target.group_id == group.group_id

missing = get_profile.sync_detailed("missing", client=client)
assert missing.status_code == 404
assert isinstance(missing.parsed, GraphError)
assert missing.parsed.error.code == "ResourceNotFound"

stranger = list_profiles.sync_detailed(client=AuthenticatedClient(base_url, token="wrong"))
assert stranger.status_code == 401
assert isinstance(stranger.parsed, GraphError)
assert stranger.parsed.error.code == "InvalidAuthenticationToken"
