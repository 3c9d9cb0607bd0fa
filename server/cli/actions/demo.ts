/** Demonstrates with the typed client that the collection PATCH creates an assignment only once. */
import { createClient, type Schemas } from "../../../client/index.ts";
import contract from "../../../generated/openapi.json" with { type: "json" };
import { startEphemeralService } from "../../process/service.ts";

type Print = (text: string) => void;

/** The request body from the example in Microsoft's documentation. */
const documentedBody: Schemas["assignmentUpsert"] = {
  "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment",
  target: { "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" },
};

/** Starts a temporary service, sends requests, and prints them with their answers. @param print receives complete lines. */
export async function playDemo(print: Print = console.log): Promise<void> {
  const service = await startEphemeralService();
  try {
    await sendRequests(service.url, await service.identity.issueToken(), print);
  } finally {
    await service.close();
  }
}

async function sendRequests(baseUrl: string, token: string, print: Print): Promise<void> {
  const client = createClient({ baseUrl, token, fetch: (request) => fetchAndPrint(request, print) });

  print(`${contract.info.title}: a temporary service at ${baseUrl}\n`);
  print("1. Create a profile.");
  const profile = await client.createProfile({ body: { displayName: "Personal iPhones" } });
  if (!profile.ok) throw profile;
  const path = { profileId: profile.data.id };

  print("2. Update its assignments with the documented request. The profile has no assignment yet, so one is created.");
  const first = await client.updateAssignments({ path, body: documentedBody });
  if (!first.ok) throw first;

  print("3. Send the same request again. It updates the same assignment.");
  const second = await client.updateAssignments({ path, body: documentedBody });
  if (!second.ok) throw second;

  print("4. List the assignments. There is only one.");
  const list = await client.listAssignments({ path });
  if (!list.ok) throw list;

  print(`Both updates returned the id ${second.data.id}; the number of assignments is ${list.data.value.length}.`);
  if (first.data.id !== second.data.id || list.data.value.length !== 1) {
    throw new Error("The second update should have returned the same assignment.");
  }
}

/** Sends a request, and prints it and its answer without their headers. */
async function fetchAndPrint(request: Request, print: Print): Promise<Response> {
  const { pathname } = new URL(request.url);
  const sent = await request.clone().text();
  const response = await fetch(request);
  const received = await response.clone().text();
  print(`\n   ${request.method} ${pathname}${indentJson(sent)}`);
  print(`\n   ${response.status} ${response.statusText}${indentJson(received)}\n`);
  return response;
}

function indentJson(json: string): string {
  if (json === "") return "";
  const pretty = JSON.stringify(JSON.parse(json), null, 2);
  return `\n${pretty.replaceAll(/^/gm, "   ")}`;
}
