import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import contract from "../../generated/openapi.json" with { type: "json" };

/** The JSON Schema validator. It knows the contract's schemas as `contract#/components/schemas/…`. */
export const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({
  $id: "contract",
  components: JSON.parse(JSON.stringify(contract.components).replaceAll('"#/', '"contract#/')),
});
const validate = ajv.compile({ $ref: "contract#/components/schemas/GraphError" });

/** Asserts that an answer is a Graph error with the correct headers. Use it for answers that Prism has not checked. */
export function assertGraphError(answer: { readonly headers: Headers; readonly body: unknown }): void {
  assert.ok(validate(answer.body), `${JSON.stringify(answer.body)}: ${ajv.errorsText(validate.errors)}`);
  const { innerError } = Object(answer.body).error;
  assert.equal(answer.headers.get("request-id"), innerError["request-id"]);
  assert.equal(answer.headers.get("client-request-id"), innerError["client-request-id"]);
}
