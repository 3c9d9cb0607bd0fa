/** Mock fetch functions for the client under test. They record the requests. */
export interface RecordedFetch {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly requests: Request[];
}

/** Returns a fetch that answers every request with the same response. */
export function answering(body: string | null, init: ResponseInit = {}): RecordedFetch {
  return scripted(() => new Response(body, init));
}

/** One scripted reaction to a request: a response, an error to reject with, or a function that handles the request. */
export type Line = Response | Error | ((request: Request) => Response | Promise<Response>);

/** Returns a fetch that uses one line for each request, and the last line for all further requests. */
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

/** A fetch that never answers, but rejects when the request's signal is aborted, like the real fetch. */
export function silent({ signal }: Request): Promise<Response> {
  return new Promise((_, reject) => {
    signal.throwIfAborted();
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}

/** A response with this status and a Graph error as its body. */
export function failing(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return json(status, { error: { code: `Code${status}`, message: `As scripted: ${status}` } }, headers);
}
