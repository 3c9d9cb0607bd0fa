/**
 * This program uses Microsoft's libraries: `@azure/identity` gets a token from the service, and the Graph client sends it to the
 * API. The program runs in its own process, because Node reads NODE_EXTRA_CA_CERTS only when a process starts.
 *
 * The arguments are the service's origin and a tenant id. The program prints the answers as JSON.
 */
import { ClientSecretCredential } from "@azure/identity";
import { Client } from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";

const [, , origin = "", tenant = ""] = process.argv;
const credential = new ClientSecretCredential(tenant, "my-app", "any", {
  authorityHost: origin,
  // Otherwise the library asks Microsoft whether this authority is known.
  disableInstanceDiscovery: true,
});
const client = Client.initWithMiddleware({
  baseUrl: origin,
  defaultVersion: "beta",
  authProvider: new TokenCredentialAuthenticationProvider(credential, {
    scopes: ["https://graph.microsoft.com/.default"],
  }),
  // The client sends a token only to Microsoft's hosts and to the hosts in this set.
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
