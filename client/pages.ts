/** Collections entity by entity, whatever the pages they come in. */
import { operationRoutes } from "../generated/operations.ts";
import type { AnyInput, Call, Route } from "./calls.ts";
import { noAnswer, unexpectedResponse } from "./errors.ts";
import type { Answer, Input, PlainAnswer, PlainInput } from "./types.ts";

/** The operations that answer a collection. */
type Listing = Extract<keyof typeof operationRoutes, `list${string}`>;

type EntityOf<Listed> = Listed extends { readonly ok: true; readonly data: { readonly value: (infer Entity)[] } }
  ? Entity
  : never;

type Given<I> = Record<never, never> extends I ? [input?: I] : [input: I];

/**
 * Each listing as the entities themselves, over all pages: `for await (const profile of client.pages.listProfiles())`.
 * The next page is asked for when the one before is used up. A loop ends with a thrown GraphError where a page is
 * answered with one.
 */
export type Pages = {
  readonly [Op in keyof typeof operationRoutes as Op & Listing]: (
    ...input: Given<PlainInput<Op>>
  ) => AsyncGenerator<EntityOf<PlainAnswer<Op>>, void, void>;
};

/** The same with every option. */
export type ShapedPages = {
  readonly [Op in keyof typeof operationRoutes as Op & Listing]: (
    ...input: Given<Input<Op>>
  ) => AsyncGenerator<EntityOf<Answer<Op>>, void, void>;
};

/** @param origin the service's: a link to anywhere else is not followed, for the token would go there. */
export function pagesOf(call: Call, origin: string): Pages & ShapedPages {
  const { listProfiles, listAssignments } = operationRoutes;
  const listing = (route: Route) => (input?: AnyInput) => entitiesOf(call, origin, route, input);
  // Which entities they are, the contract says and no type of a route that is picked at run time.
  return { listProfiles: listing(listProfiles), listAssignments: listing(listAssignments) } as Pages & ShapedPages;
}

async function* entitiesOf(call: Call, origin: string, route: Route, input: AnyInput = {}): AsyncGenerator<unknown> {
  const { headers = {}, signal } = input;
  let answer = await call(route, input);
  for (let before = ""; ; ) {
    if (!answer.ok) throw answer;
    const { value, "@odata.nextLink": link } = Object(answer.data);
    if (!Array.isArray(value)) throw unexpectedResponse(answer.response, answer.data, "a collection");
    yield* value;
    if (link === undefined) return;
    const url = URL.parse(String(link));
    if (url?.origin !== origin || url.href === before) {
      const message = `The next link is not followed, it must lead on and to ${origin}: ${link}`;
      throw noAnswer("InvalidRequest", message, { target: "@odata.nextLink" });
    }
    before = url.href;
    // The link has the query options, but not the preferences.
    answer = await call(route, { headers, ...(signal && { signal }) }, url);
  }
}
