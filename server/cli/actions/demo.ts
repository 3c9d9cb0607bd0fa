/** The story of the document this API began with, told by the typed client against a service of its own. */
import { createClient, type Schemas } from "../../../client/index.ts";
import contract from "../../../generated/openapi.json" with { type: "json" };
import { startEphemeralService } from "../../process/service.ts";

/** The document's own request body. */
const seed: Schemas["assignmentUpsert"] = {
  "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment",
  target: { "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" },
};

/** Plays it and prints each exchange. @param print is given whole lines. */
export async function playDemo(print: (text: string) => void = console.log): Promise<void> {
  const service = await startEphemeralService();
  try {
    await play(service.url, await service.identity.issueToken(), print);
  } finally {
    await service.close();
  }
}

async function play(baseUrl: string, token: string, print: (text: string) => void): Promise<void> {
  const client = createClient({ baseUrl, token, fetch: (request) => printed(request, print) });

  print(`${contract.info.title}: a service of its own at ${baseUrl}\n`);
  print("1. Create a profile.");
  const profile = await client.createProfile({ body: { displayName: "Personal iPhones" } });
  if (!profile.ok) throw profile;
  const path = { profileId: profile.data.id };

  print("2. Update its assignments with the document's own request: there is none yet, so it is created.");
  const first = await client.updateAssignments({ path, body: seed });
  if (!first.ok) throw first;

  print("3. The same request again: the same assignment.");
  const second = await client.updateAssignments({ path, body: seed });
  if (!second.ok) throw second;

  print("4. List the assignments: there is one.");
  const list = await client.listAssignments({ path });
  if (!list.ok) throw list;

  print(`Both updates answered the id ${second.data.id}; the list has ${list.data.value.length}.`);
  if (first.data.id !== second.data.id || list.data.value.length !== 1) throw new Error("That is not the promise.");
}

/** Sends the request, and prints it and its answer without the headers that say nothing here. */
async function printed(request: Request, print: (text: string) => void): Promise<Response> {
  const { pathname } = new URL(request.url);
  const sent = await request.clone().text();
  const response = await fetch(request);
  const received = await response.clone().text();
  print(`\n   ${request.method} ${pathname}${indented(sent)}`);
  print(`\n   ${response.status} ${response.statusText}${indented(received)}\n`);
  return response;
}

function indented(json: string): string {
  if (json === "") return "";
  const pretty = JSON.stringify(JSON.parse(json), null, 2);
  return `\n${pretty.replaceAll(/^/gm, "   ")}`;
}
