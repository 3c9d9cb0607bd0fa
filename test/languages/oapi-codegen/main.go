package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"

	"example.com/app/enrollment"
)

var ctx = context.Background()

func bearer(token string) enrollment.RequestEditorFn {
	return func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+token)
		return nil
	}
}

func main() {
	client, err := enrollment.NewClientWithResponses(os.Getenv("BASE_URL"), enrollment.WithRequestEditorFn(bearer(os.Getenv("TOKEN"))))
	check(err)
	created, err := client.CreateProfileWithResponse(ctx, nil, enrollment.ProfileCreate{DisplayName: "Personal iPhones"})
	check(err)
	profile := created.JSON201 // nil if the answer has another status: check created.StatusCode()
	var target enrollment.AssignmentTargetInput
	check(target.FromGroupAssignmentTargetInput(enrollment.GroupAssignmentTargetInput{
		OdataType: "#microsoft.graph.groupAssignmentTarget", GroupId: "6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10",
	}))
	assignment := assign(client, profile.Id, target)
	fmt.Println(assignment.Id)

	expect(assign(client, profile.Id, target).Id, assignment.Id)
	var base enrollment.AssignmentTargetInput
	check(base.FromDeviceAndAppManagementAssignmentTargetInput(enrollment.DeviceAndAppManagementAssignmentTargetInput{
		OdataType: "microsoft.graph.deviceAndAppManagementAssignmentTarget",
	}))
	second := assign(client, profile.Id, base)
	expect(assign(client, profile.Id, base).Id, second.Id)

	listed, err := client.ListAssignmentsWithResponse(ctx, profile.Id, nil)
	check(err)
	expect(len(listed.JSON200.Value), 2)
	expect(*listed.JSON200.Value[0].Id, assignment.Id)
	expect(*listed.JSON200.Value[1].Id, second.Id)
	read, err := listed.JSON200.Value[0].Target.Get()
	check(err)
	kept, err := read.ValueByDiscriminator()
	check(err)
	groupId, err := kept.(enrollment.GroupAssignmentTarget).GroupId.Get()
	check(err)
	expect(groupId, "6f0a1c57-27a5-4b0c-9c3a-5d7a2f3f8e10")

	missing, err := client.GetProfileWithResponse(ctx, "missing", nil)
	check(err)
	expect(missing.JSON404.Error.Code, enrollment.ErrorCodeResourceNotFound)

	stranger, err := client.ListProfilesWithResponse(ctx, nil, bearer("wrong"))
	check(err)
	expect(stranger.JSON401.Error.Code, enrollment.ErrorCodeInvalidAuthenticationToken)
}

func assign(client *enrollment.ClientWithResponses, profileId string, target enrollment.AssignmentTargetInput) enrollment.AppleEnrollmentProfileAssignment {
	var body enrollment.AssignmentsUpdate
	check(body.FromAssignmentUpsert(enrollment.AssignmentUpsert{Target: &target}))
	answer, err := client.UpdateAssignmentsWithResponse(ctx, profileId, nil, body)
	check(err)
	assignment, err := answer.JSON200.AsAppleEnrollmentProfileAssignment()
	check(err)
	return assignment
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
