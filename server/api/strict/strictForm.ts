/**
 * The form of answers in strict mode: that of the recorded answers of similar Intune resources. docs/fidelity.md links to them.
 */
import { strictBody } from "../../../contract/strictBody.ts";
import type { AnswerForm } from "../answerForm.ts";
import { strictError } from "./intuneErrors.ts";
import { strictMissingRoute } from "./missingRoutes.ts";

export const strictForm: AnswerForm = {
  body: strictBody,
  withoutHeaders: ["ETag"],
  error: strictError,
  missingRoute: strictMissingRoute,
};
