use enrollment::apis::{assignments_api, configuration::Configuration, profiles_api, Error};
use enrollment::models::{
    device_and_app_management_assignment_target_input, group_assignment_target_input, AppleEnrollmentProfileAssignment,
    AssignmentTarget, AssignmentTargetInput, AssignmentUpsert, AssignmentsUpdate, AssignmentsUpdated,
    DeviceAndAppManagementAssignmentTargetInput, ErrorCode, GraphError, GroupAssignmentTargetInput, ProfileCreate,
};

fn configuration(token: &str) -> Configuration {
    Configuration {
        base_path: std::env::var("BASE_URL").unwrap(),
        bearer_access_token: Some(token.to_owned()),
        ..Configuration::default()
    }
}

async fn assign(service: &Configuration, profile_id: &str, target: AssignmentTargetInput) -> AppleEnrollmentProfileAssignment {
    let upsert = AssignmentUpsert { target: Some(Box::new(target)), ..AssignmentUpsert::default() };
    let body = AssignmentsUpdate::AssignmentUpsert(Box::new(upsert));
    match assignments_api::update_assignments(service, profile_id, body, None, None, None, None, None, None).await {
        Ok(AssignmentsUpdated::AppleEnrollmentProfileAssignment(assignment)) => *assignment,
        other => panic!("{other:?}"),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let service = configuration(&std::env::var("TOKEN").unwrap());
    let new = ProfileCreate::new("Personal iPhones".to_owned());
    let profile = profiles_api::create_profile(&service, new, None, None, None, None).await.unwrap();
    let group = AssignmentTargetInput::HashMicrosoftGraphGroupAssignmentTarget(Box::new(GroupAssignmentTargetInput::new(
        group_assignment_target_input::AtOdataType::HashMicrosoftGraphGroupAssignmentTarget,
        "6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10".to_owned(),
    )));
    let assignment = assign(&service, &profile.id, group.clone()).await;
    println!("{}", assignment.id);

    assert_eq!(assign(&service, &profile.id, group).await.id, assignment.id);
    let base = AssignmentTargetInput::HashMicrosoftGraphDeviceAndAppManagementAssignmentTarget(Box::new(
        DeviceAndAppManagementAssignmentTargetInput::new(
            device_and_app_management_assignment_target_input::AtOdataType::MicrosoftGraphDeviceAndAppManagementAssignmentTarget,
        ),
    ));
    let second = assign(&service, &profile.id, base.clone()).await;
    assert_eq!(assign(&service, &profile.id, base).await.id, second.id);

    let answer = assignments_api::list_assignments(&service, &profile.id, None, None, None, None, None, None, None, None).await;
    let listed = answer.unwrap().value;
    assert_eq!(listed.iter().map(|each| each.id.as_ref().unwrap()).collect::<Vec<_>>(), [&assignment.id, &second.id]);
    match listed[0].target.as_ref().unwrap().as_deref() {
        Some(AssignmentTarget::HashMicrosoftGraphGroupAssignmentTarget(kept)) => {
            assert_eq!(kept.group_id.as_deref(), Some("6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10"))
        }
        other => panic!("{other:?}"),
    }

    let missing = refused(profiles_api::get_profile(&service, "missing", None, None, None, None).await);
    assert_eq!(missing, (404, ErrorCode::ResourceNotFound));

    let stranger = configuration("wrong");
    let unknown = profiles_api::list_profiles(&stranger, None, None, None, None, None, None, None, None, None).await;
    assert_eq!(refused(unknown), (401, ErrorCode::InvalidAuthenticationToken));
}

/// The status and the code of a refusal.
fn refused<T: std::fmt::Debug, E: std::fmt::Debug>(answer: Result<T, Error<E>>) -> (u16, ErrorCode) {
    match answer {
        Err(Error::ResponseError(refusal)) => {
            let body: GraphError = serde_json::from_str(&refusal.content).unwrap();
            (refusal.status.as_u16(), body.error.code)
        }
        other => panic!("the call should have been refused: {other:?}"),
    }
}
