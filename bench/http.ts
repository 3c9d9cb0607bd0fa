/** Sends single requests for the checks. The load generator does not use this module. */
import { request } from "node:http";

export interface HttpRequest {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly token?: string;
  readonly body?: object;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export function sendRequest({ port, method, path, token, body }: HttpRequest): Promise<HttpAnswer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(text !== undefined && { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
  };
  return new Promise((resolve, reject) => {
    // `agent: false` opens a new connection for each request, so that no connection stays open.
    const sent = request({ host: "127.0.0.1", port, method, path, headers, agent: false, timeout: 5_000 }, (answer) => {
      let received = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => {
        received += chunk;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: received }));
      answer.on("error", reject);
    });
    sent.on("timeout", () => sent.destroy(new Error("There was no answer within 5 seconds.")));
    sent.on("error", reject);
    sent.end(text);
  });
}
