/** Fetch functions for the client under test. They record the requests. */
export interface RecordedFetch {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly requests: Request[];
}

/** Answers every request in the same way. */
export function answering(body: string | null, init: ResponseInit = {}): RecordedFetch {
  return scripted(() => new Response(body, init));
}

/** A line of a script: a response, an error to reject with, or a function that handles the request. */
export type Line = Response | Error | ((request: Request) => Response | Promise<Response>);

/** Uses one line for each request. The last line is used again for all further requests. */
export function scripted(...lines: readonly Line[]): RecordedFetch {
  const requests: Request[] = [];
  return {
    requests,
    async fetch(request) {
      const line = lines[Math.min(requests.length, lines.length - 1)];
      requests.push(request);
      if (line instanceof Response) return line.clone();
      if (typeof line === "function") return line(request);
      throw line;
    },
  };
}

/** Never answers, but rejects when the signal of the request is aborted, as the real fetch does. */
export function silent({ signal }: Request): Promise<Response> {
  return new Promise((_, reject) => {
    signal.throwIfAborted();
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}

/** A response with a Graph error of this status. */
export function failing(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return json(status, { error: { code: `Code${status}`, message: `As scripted: ${status}` } }, headers);
}
