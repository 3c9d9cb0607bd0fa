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
  withoutHeaders: ["ETag"],
  error: strictError,
  missingRoute: strictMissingRoute,
};

/** Entities have no entity tags, so a condition with a tag matches none. `*` matches any entity. */
function withoutEntityTags(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isTag = (name: string, value: unknown) => /^If-(None-)?Match$/.test(name) && value !== "*";
  const entries = Object.entries(headers).map(([name, value]) => [name, isTag(name, value) ? noTag : value]);
  return Object.fromEntries(entries);
}

/** An entity tag that no entity has, because each contains a version. */
const noTag = 'W/""';
