/** Creates the openapi-fetch client that all calls use. */
import createFetchClient, { type ClientOptions, type Client as FetchClient } from "openapi-fetch";
import type { paths } from "../generated/api.d.ts";

export interface RawClient {
  readonly client: FetchClient<paths>;
  /** True once `use` has been called. Middleware must see a real `Request` and `Response`. */
  readonly hasMiddleware: () => boolean;
}

export function rawClientOf(options: ClientOptions): RawClient {
  const client = createFetchClient<paths>(options);
  let hasMiddleware = false;
  return {
    client: {
      ...client,
      use(...middleware) {
        client.use(...middleware);
        hasMiddleware = true;
      },
    },
    hasMiddleware: () => hasMiddleware,
  };
}
