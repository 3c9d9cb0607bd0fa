/**
 * The form of answers in strict mode: that of the recorded answers of similar Intune resources. docs/fidelity.md links to them.
 */
import { strictBody } from "../../../contract/strictBody.ts";
import type { AnswerForm } from "../answerForm.ts";
import { strictError } from "./intuneErrors.ts";
import { strictMissingRoute } from "./missingRoutes.ts";

export const strictForm: AnswerForm = {
  requestHeaders: withoutEntityTags,
  body: strictBody,
  withoutHeader: "ETag",
  error: strictError,
  missingRoute: strictMissingRoute,
};

/** In strict mode, entities do not have tags. A condition with a tag therefore fails for every entity, and `*` matches every entity. */
function withoutEntityTags(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isTag = (name: string, value: unknown) => /^If-(None-)?Match$/.test(name) && value !== "*";
  const entries = Object.entries(headers).map(([name, value]) => [name, isTag(name, value) ? noTag : value]);
  return Object.fromEntries(entries);
}

/** A tag that differs from the tag of every entity, because the tag of an entity contains a version. */
const noTag = 'W/""';
