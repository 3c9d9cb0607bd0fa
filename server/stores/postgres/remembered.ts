/** What requests with a key of their own were answered with: loaded and written for many commands at once. */
import type { RememberedAnswer } from "../../domain/store.ts";
import { forgottenAtOnce } from "../../shared/limits.ts";
import type { Statement } from "./transactions.ts";

/** Of tenants and keys, as columns. */
export const loadRemembered: Statement = {
  name: "load-remembered",
  text: `
    SELECT tenant, key, request, value FROM apple_enrollment.remembered
    JOIN unnest($1::text[], $2::text[]) AS k(tenant, key) USING (tenant, key)`,
};

/** Who is about to forget the same as another process leaves it to that one. */
export const remember: Statement = {
  name: "remember",
  text: `
    WITH expired AS MATERIALIZED (
      SELECT tenant, key FROM apple_enrollment.remembered
      WHERE expires < $6::bigint ORDER BY expires LIMIT $7::integer FOR UPDATE SKIP LOCKED
    ), forgotten AS (
      DELETE FROM apple_enrollment.remembered AS r USING expired AS e WHERE r.tenant = e.tenant AND r.key = e.key
    )
    INSERT INTO apple_enrollment.remembered (tenant, key, request, value, expires)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])`,
};

export const forget: Statement = {
  name: "forget",
  text: "DELETE FROM apple_enrollment.remembered WHERE tenant = $1",
};

/** One tenant's. */
export interface RememberedOf extends RememberedAnswer {
  readonly tenant: string;
}

/** The values of `remember`. */
export function rememberValues(answers: readonly RememberedOf[]): unknown[] {
  return [
    answers.map(({ tenant }) => tenant),
    answers.map(({ key }) => key),
    answers.map(({ request }) => request),
    answers.map(({ value }) => value),
    answers.map(({ expires }) => expires),
    Date.now(),
    forgottenAtOnce * answers.length,
  ];
}
