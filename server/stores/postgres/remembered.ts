/** Answers to repeatable requests: loaded and stored for several commands by one statement. */
import type { RememberedAnswer } from "../../domain/store.ts";
import { forgottenAtOnce } from "../../shared/limits.ts";
import type { Statement } from "./transactions.ts";

/** The parameters are two columns: tenants and keys. */
export const loadAnswers: Statement = {
  name: "load-remembered",
  text: `
    SELECT tenant, key, request, value FROM apple_enrollment.remembered
    JOIN unnest($1::text[], $2::text[]) AS k(tenant, key) USING (tenant, key)`,
};

/** Also deletes expired answers, except those that another process is deleting at the same time. */
export const insertAnswers: Statement = {
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

export const deleteAnswers: Statement = {
  name: "forget",
  text: "DELETE FROM apple_enrollment.remembered WHERE tenant = $1",
};

export interface TenantAnswer extends RememberedAnswer {
  readonly tenant: string;
}

/** The parameters of `insertAnswers`. */
export function insertAnswersValues(answers: readonly TenantAnswer[]): unknown[] {
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
