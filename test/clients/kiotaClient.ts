/** A client that sends and receives Microsoft's models with the request adapter of @microsoft/msgraph-beta-sdk. */
import {
  AllowedHostsValidator,
  BaseBearerTokenAuthenticationProvider,
  HttpMethod,
  type ModelSerializerFunction,
  type Parsable,
  type ParsableFactory,
  RequestInformation,
} from "@microsoft/kiota-abstractions";
import { GraphBetaRequestAdapter } from "@microsoft/msgraph-beta-sdk";
import { createODataErrorFromDiscriminatorValue } from "@microsoft/msgraph-beta-sdk/models/oDataErrors/index.js";

const errors = { _4XX: createODataErrorFromDiscriminatorValue, _5XX: createODataErrorFromDiscriminatorValue };

interface Model<T extends Parsable> {
  readonly value: T;
  readonly serializer: ModelSerializerFunction<T>;
}

export interface KiotaClient {
  get<T extends Parsable>(path: string, factory: ParsableFactory<T>): Promise<T | undefined>;
  /** Requests the next page from its absolute URL. */
  follow<T extends Parsable>(url: string, factory: ParsableFactory<T>): Promise<T | undefined>;
  send<T extends Parsable>(
    method: HttpMethod,
    path: string,
    model: Model<T>,
    factory: ParsableFactory<T>,
  ): Promise<T | undefined>;
  delete(path: string): Promise<void>;
}

/** @param root the service root, to which all paths are relative. */
export function kiotaClient(root: string, token: string): KiotaClient {
  const authentication = new BaseBearerTokenAuthenticationProvider({
    getAuthorizationToken: async () => token,
    getAllowedHostsValidator: () => new AllowedHostsValidator(new Set([new URL(root).hostname])),
  });
  const adapter = new GraphBetaRequestAdapter(authentication);
  adapter.baseUrl = root;
  const requestTo = (method: HttpMethod, path: string) => {
    const request = new RequestInformation(method, `{+baseurl}${path}`, { baseurl: root });
    request.headers.add("Accept", "application/json");
    return request;
  };
  return {
    get: (path, factory) => adapter.send(requestTo(HttpMethod.GET, path), factory, errors),
    follow: (url, factory) => {
      const request = new RequestInformation(HttpMethod.GET);
      request.URL = url;
      return adapter.send(request, factory, errors);
    },
    send: (method, path, { value, serializer }, factory) => {
      const request = requestTo(method, path);
      request.setContentFromParsable(adapter, "application/json", value, serializer);
      return adapter.send(request, factory, errors);
    },
    delete: (path) => adapter.sendNoResponseContent(requestTo(HttpMethod.DELETE, path), errors),
  };
}
