/**
 * The statements that load and store answers to repeatable requests. Each processes the answers of several commands.
 */
import type { RememberedAnswer } from "../../domain/store.ts";
import { forgottenAtOnce } from "../../shared/limits.ts";
import type { Statement } from "./transactions.ts";

/** Loads the answers with the given keys. The parameters are two columns: tenants and keys. */
export const loadAnswers: Statement = {
  name: "load-remembered",
  text: `
    SELECT tenant, key, request, value FROM apple_enrollment.remembered
    JOIN unnest($1::text[], $2::text[]) AS k(tenant, key) USING (tenant, key)`,
};

/** Stores answers. Also deletes expired answers, except those that another process is currently deleting. */
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

/** Returns the parameters of `insertAnswers`. */
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
