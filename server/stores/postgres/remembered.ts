/**
 * The statements that load and store answers to repeatable requests. Each processes the answers of several commands of one
 * tenant.
 */
import type { RememberedAnswer } from "../../domain/store.ts";
import { forgottenAtOnce } from "../../shared/limits.ts";
import type { Statement, Transaction } from "./connections/transactions.ts";

/** Loads the answers with the given keys. */
export const loadAnswers: Statement = {
  name: "load-remembered",
  text: `
    SELECT key, request, value FROM apple_enrollment.remembered
    WHERE tenant = $1 AND key = ANY($2::text[])`,
};

/** Selects the tenant from a table, like `insertAssignments`. */
export const insertAnswers: Statement = {
  name: "remember",
  text: `
    INSERT INTO apple_enrollment.remembered (tenant, key, request, value, expires)
    SELECT t.tenant, k.* FROM apple_enrollment.tenants AS t
    CROSS JOIN unnest($2::text[], $3::text[], $4::text[], $5::bigint[]) AS k WHERE t.tenant = $1`,
};

/** Deletes expired answers of the tenant, except those that another process is currently deleting. */
export const deleteExpired: Statement = {
  name: "forget-expired",
  text: `
    WITH expired AS MATERIALIZED (
      SELECT key FROM apple_enrollment.remembered
      WHERE tenant = $1 AND expires < $2::bigint ORDER BY expires LIMIT $3::integer FOR UPDATE SKIP LOCKED
    )
    DELETE FROM apple_enrollment.remembered AS r USING expired AS e WHERE r.tenant = $1 AND r.key = e.key`,
};

export const deleteAnswers: Statement = {
  name: "forget",
  text: "DELETE FROM apple_enrollment.remembered WHERE tenant = $1",
};

/** Stores answers, and deletes some expired ones. */
export function remember({ send }: Transaction, tenant: string, answers: readonly RememberedAnswer[]): void {
  send(deleteExpired, [tenant, Date.now(), forgottenAtOnce * answers.length]);
  send(insertAnswers, [
    tenant,
    answers.map(({ key }) => key),
    answers.map(({ request }) => request),
    answers.map(({ value }) => value),
    answers.map(({ expires }) => expires),
  ]);
}
