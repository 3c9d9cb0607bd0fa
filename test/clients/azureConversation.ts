/**
 * What a program with Microsoft's own libraries does, pointed at a service: `@azure/identity` gets a token, the Graph
 * client calls the API with it. A process of its own, because Node reads NODE_EXTRA_CA_CERTS only at its start.
 *
 * Arguments: the service's origin, a tenant. Prints what it was answered, as JSON.
 */
import { ClientSecretCredential } from "@azure/identity";
import { Client } from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";

const [, , origin = "", tenant = ""] = process.argv;
const credential = new ClientSecretCredential(tenant, "my-app", "any", {
  authorityHost: origin,
  // Else it asks Microsoft whether this authority is one of theirs.
  disableInstanceDiscovery: true,
});
const client = Client.initWithMiddleware({
  baseUrl: origin,
  defaultVersion: "beta",
  authProvider: new TokenCredentialAuthenticationProvider(credential, {
    scopes: ["https://graph.microsoft.com/.default"],
  }),
  // It sends a token to no other host than Microsoft's and these.
  customHosts: new Set([new URL(origin).hostname]),
});

const profiles = "/deviceManagement/appleUserInitiatedEnrollmentProfiles";
const seed = {
  "@odata.type": "#microsoft.graph.appleEnrollmentProfileAssignment",
  target: { "@odata.type": "microsoft.graph.deviceAndAppManagementAssignmentTarget" },
};
const profile = await client.api(profiles).post({ displayName: "Personal iPhones" });
const first = await client.api(`${profiles}/${profile.id}/assignments`).patch(seed);
const second = await client.api(`${profiles}/${profile.id}/assignments`).patch(seed);
const list = await client.api(`${profiles}/${profile.id}/assignments`).get();
console.log(JSON.stringify({ profile, first, second, list }));
