/** Checks that the package apple-enrollment-verify exports the types that the service declares for it. */
import type * as sources from "../../verify/index.ts";

type Declared = typeof import("apple-enrollment-verify");

export const sameCommand: Declared["verifyCommand"] = {} as (typeof sources)["verifyCommand"];
export const sameError: Declared["UsageError"] = {} as (typeof sources)["UsageError"];
