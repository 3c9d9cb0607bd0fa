/** Reads collections with query options. The requests go through Prism, which validates the answers against the contract. */
import assert from "node:assert/strict";
import type { Answered, Tenant } from "../support/tenant.ts";

export type Options = Readonly<Record<string, string | number>>;

export interface Entity extends Readonly<Record<string, unknown>> {
  readonly id: string;
}

export interface Page {
  readonly headers: Headers;
  readonly context: string;
  readonly count: number | undefined;
  /** `@odata.nextLink`, an absolute URL. */
  readonly nextLink: string | undefined;
  readonly value: readonly Entity[];
}

/** @param path below the service root. */
export function pathWithQuery(path: string, options: Options): string {
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return query.length === 0 ? path : `${path}?${query.join("&")}`;
}

export function readPage({ status, headers, body }: Answered): Page {
  assert.equal(status, 200, JSON.stringify(body));
  const { "@odata.context": context, "@odata.count": count, "@odata.nextLink": nextLink, value } = Object(body);
  return { headers, context, count, nextLink, value };
}

export async function list(
  tenant: Tenant,
  path: string,
  options: Options = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Page> {
  return readPage(await tenant.call({ method: "GET", path: pathWithQuery(path, options), headers }));
}

/** Requests the page that a next link leads to, without the headers of the first request. */
export async function followLink(tenant: Tenant, nextLink: string): Promise<Page> {
  return readPage(
    await tenant.call({ method: "GET", path: nextLink.slice(nextLink.indexOf("/beta/") + "/beta".length) }),
  );
}

/** Follows the next links. @returns the given page and all pages after it. */
export async function pagesFrom(tenant: Tenant, first: Page): Promise<readonly Page[]> {
  const pages = [first];
  for (let last = first; last.nextLink !== undefined; pages.push(last)) last = await followLink(tenant, last.nextLink);
  return pages;
}

export function valuesOf(entities: readonly Entity[], name: string): readonly unknown[] {
  return entities.map((entity) => entity[name]);
}

export function namesOf({ value }: Page): string {
  return valuesOf(value, "displayName").join(" ");
}
