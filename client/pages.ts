/** Iterates over the entities of a collection, and requests each page when it is needed. */
import { operationRoutes } from "../generated/operations.ts";
import type { AnyInput, Call, Route } from "./calls.ts";
import { noAnswer, unexpectedResponse } from "./errors.ts";
import { type OperationsWithBody, operationsWithBody, recordOf } from "./operations.ts";
import type { Answer, Arguments, Input, PlainAnswer, PlainInput } from "./types.ts";

/** The operations that return a collection. */
type ListOperation = OperationsWithBody<"collection">;

type EntityOf<Listed> = Listed extends { readonly ok: true; readonly data: { readonly value: (infer Entity)[] } }
  ? Entity
  : never;

/**
 * One method for each operation that returns a collection. The method iterates over the entities of all pages:
 * `for await (const profile of client.pages.listProfiles())`.
 *
 * The next page is requested when the loop has reached the end of the current page. If the answer to that request is an
 * error, the loop throws the GraphError.
 */
export type Pages = {
  readonly [Op in keyof typeof operationRoutes as Op & ListOperation]: (
    ...input: Arguments<PlainInput<Op>>
  ) => AsyncGenerator<EntityOf<PlainAnswer<Op>>, void, void>;
};

/** The same methods as `Pages`, with every option that the operation has. */
export type ShapedPages = {
  readonly [Op in keyof typeof operationRoutes as Op & ListOperation]: (
    ...input: Arguments<Input<Op>>
  ) => AsyncGenerator<EntityOf<Answer<Op>>, void, void>;
};

/** @param origin the service's origin. Links to another origin are not followed, because the token would be sent there. */
export function pagesOf(call: Call, origin: string): Pages & ShapedPages {
  const pages = recordOf(
    operationsWithBody("collection"),
    (name) => (input?: AnyInput) => entitiesOf(call, origin, operationRoutes[name], input),
  );
  // The cast asserts only the type of the entities, which comes from the contract. The method names match the types.
  return pages as Pages & ShapedPages;
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
      const message = `The next link was not followed: it must lead to another page at ${origin}, not to ${link}`;
      throw noAnswer("InvalidRequest", message, { target: "@odata.nextLink" });
    }
    before = url.href;
    // The next link contains the query options, but not the headers.
    answer = await call(route, { headers, ...(signal && { signal }) }, url);
  }
}
