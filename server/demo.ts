/** The story of the document this API began with, told by the typed client against a service of its own. */
import document from "../generated/openapi.json" with { type: "json" };
export async function playDemo(): Promise<void> {
  console.log(document.openapi);
}
