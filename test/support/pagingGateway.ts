/** A gateway between a command and a service, like a server that returns lists in small pages and fails sometimes. */
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as sendRequest } from "node:http";
import { text } from "node:stream/consumers";

export interface GatewayRequest {
  readonly method: string;
  /** The path and query. */
  readonly url: string;
}

export interface PagingGatewayOptions {
  /** The largest number of entities on a page. Default: 2. */
  readonly pageSize?: number;
  /**
   * Returns the status that the client receives instead of the service's answer, which it does not get to see. Called for each
   * request, including the requests in a batch. Undefined: the answer is forwarded unchanged.
   */
  readonly replace?: (request: GatewayRequest) => number | undefined;
}

/** @param root the service root. @returns the root of the gateway, and the number of pages that were sent. */
export async function startPagingGateway(
  root: string,
  { pageSize = 2, replace = () => undefined }: PagingGatewayOptions = {},
) {
  let pages = 0;
  const withPageSize = (headers: object, name: string) => {
    const { [name]: prefer = "", ...others } = Object(headers);
    return { ...others, [name]: [prefer, `odata.maxpagesize=${pageSize}`].filter((part) => part !== "").join(", ") };
  };
  /** Forwards a request with the host of the gateway, so that next links lead to the gateway. */
  const forward = async ({ method, url }: GatewayRequest, headers: IncomingHttpHeaders, body: string) => {
    const { "content-length": _, connection: _connection, ...others } = headers;
    const sent = sendRequest(new URL(url, root), { method, headers: withPageSize(others, "prefer"), agent: false });
    const answered = once(sent.end(body), "response");
    const answer: IncomingMessage = (await answered)[0];
    return { status: answer.statusCode ?? 0, type: answer.headers["content-type"], body: await text(answer) };
  };
  const failure = { error: { code: "x", message: "The gateway has replaced the answer." } };
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const sent = await text(request);
    const isBatch = url.endsWith("/$batch");
    const requests: readonly (GatewayRequest & { readonly id: string; readonly headers?: object })[] = isBatch
      ? JSON.parse(sent).requests.map((one: { headers?: object }) => ({
          ...one,
          headers: withPageSize(one.headers ?? {}, "Prefer"),
        }))
      : [];
    const answer = await forward({ method, url }, headers, isBatch ? JSON.stringify({ requests }) : sent);
    const status = replace({ method, url });
    let body = status === undefined ? answer.body : JSON.stringify(failure);
    if (isBatch && answer.status === 200 && status === undefined) {
      const responses = JSON.parse(answer.body).responses.map((one: { readonly id: string }) => {
        const asked = requests.find(({ id }) => id === one.id);
        const replaced = asked && replace(asked);
        return replaced === undefined ? one : { id: one.id, status: replaced, headers: {}, body: failure };
      });
      body = JSON.stringify({ responses });
    }
    pages += body.split('"@odata.nextLink"').length - 1;
    response.writeHead(status ?? answer.status, { "content-type": answer.type ?? "application/json" }).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${Object(server.address()).port}${new URL(root).pathname}`,
    /** The number of next links that the gateway has sent. */
    nextLinks: () => pages,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
