package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"example.com/app/enrollment"
)

var ctx = context.Background()

type token string

func (t token) Bearer(context.Context, enrollment.OperationName) (enrollment.Bearer, error) {
	return enrollment.Bearer{Token: string(t)}, nil
}

func main() {
	client, err := enrollment.NewClient(os.Getenv("BASE_URL"), token(os.Getenv("TOKEN")))
	check(err)
	created, err := client.CreateProfile(ctx, &enrollment.ProfileCreate{DisplayName: "Personal iPhones"}, enrollment.CreateProfileParams{})
	check(err)
	profile := created.(*enrollment.AppleUserInitiatedEnrollmentProfileHeaders).Response
	profileId := string(profile.ID)
	var target enrollment.AssignmentTargetInput
	target.SetGroupAssignmentTargetInput("#microsoft.graph.groupAssignmentTarget",
		enrollment.GroupAssignmentTargetInput{GroupId: "6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10"})
	assignment := assign(client, profileId, target)
	fmt.Println(assignment.ID)

	expect(assign(client, profileId, target).ID, assignment.ID)
	var base enrollment.AssignmentTargetInput
	base.SetDeviceAndAppManagementAssignmentTargetInput("microsoft.graph.deviceAndAppManagementAssignmentTarget",
		enrollment.DeviceAndAppManagementAssignmentTargetInput{})
	second := assign(client, profileId, base)
	expect(assign(client, profileId, base).ID, second.ID)

	answer, err := client.ListAssignments(ctx, enrollment.ListAssignmentsParams{ProfileId: profileId})
	check(err)
	listed := answer.(*enrollment.AssignmentCollectionHeaders).Response.Value
	expect(len(listed), 2)
	expect(listed[0].ID.Value, assignment.ID)
	expect(listed[1].ID.Value, second.ID)
	kept, ok := listed[0].Target.Value.GetGroupAssignmentTarget()
	expect(ok, true)
	expect(kept.GroupId.Value, "6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10")

	missing, err := client.GetProfile(ctx, enrollment.GetProfileParams{ProfileId: "missing"})
	check(err)
	expect(missing.(*enrollment.NotFoundHeaders).Response.Error.Code, enrollment.ErrorCodeResourceNotFound)

	stranger, err := enrollment.NewClient(os.Getenv("BASE_URL"), token("wrong"))
	check(err)
	unknown, err := stranger.ListProfiles(ctx, enrollment.ListProfilesParams{})
	check(err)
	expect(unknown.(*enrollment.UnauthorizedHeaders).Response.Error.Code, enrollment.ErrorCodeInvalidAuthenticationToken)
}

func assign(client *enrollment.Client, profileId string, target enrollment.AssignmentTargetInput) enrollment.AppleEnrollmentProfileAssignment {
	body := enrollment.NewAssignmentUpsertAssignmentsUpdate(enrollment.AssignmentUpsert{Target: enrollment.NewOptAssignmentTargetInput(target)})
	answer, err := client.UpdateAssignments(ctx, body, enrollment.UpdateAssignmentsParams{ProfileId: profileId})
	check(err)
	updated, ok := answer.(*enrollment.AssignmentsUpdatedHeaders)
	if !ok {
		log.Fatalf("the answer is a %T", answer)
	}
	return updated.Response.AppleEnrollmentProfileAssignment
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func expect[T comparable](found, expected T) {
	if found != expected {
		log.Fatalf("%v, and not %v", found, expected)
	}
}
