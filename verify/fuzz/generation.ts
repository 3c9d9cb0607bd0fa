/** What a run with generated requests is told, and where it sends them. */
import type { Coverage } from "../judging/coverage.ts";
import type { Stage } from "../playing/perform.ts";
import type { Selection } from "../playing/selection.ts";

/** Where they are sent. */
export interface Field extends Stage {
  /** `graph`: what is wrong by the schemas may be taken, as most of their limits are decisions of the contract. */
  readonly profile: Selection["profile"];
  readonly coverage: Coverage;
}
