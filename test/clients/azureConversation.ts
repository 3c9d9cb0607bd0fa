/**
 * A program with Microsoft's libraries: `@azure/identity` gets a token from the service, and the Graph client calls the API
 * with it. It runs in its own process, because Node reads NODE_EXTRA_CA_CERTS only at its start.
 *
 * Arguments: the origin of the service, and a tenant. It prints the answer as JSON.
 */
import { ClientSecretCredential } from "@azure/identity";
import { Client } from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";

const [, , origin = "", tenant = ""] = process.argv;
const credential = new ClientSecretCredential(tenant, "my-app", "any", {
  authorityHost: origin,
  // Otherwise it asks Microsoft whether it knows this authority.
  disableInstanceDiscovery: true,
});
const client = Client.initWithMiddleware({
  baseUrl: origin,
  defaultVersion: "beta",
  authProvider: new TokenCredentialAuthenticationProvider(credential, {
    scopes: ["https://graph.microsoft.com/.default"],
  }),
  // The client sends a token only to hosts of Microsoft and to these.
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
