/** The context that the generators of requests share. */
import type { Coverage } from "../judging/coverage.ts";
import type { RunContext } from "../playing/perform.ts";
import type { Profile } from "../scenarios/language/scenario.ts";

export interface FuzzContext extends RunContext {
  /** With `graph`, a server may accept a body that breaks the schemas, because most limits are decisions of this contract. */
  readonly profile: Profile;
  readonly coverage: Coverage;
}
