/** A fetch for the client under test: it records the requests and answers each alike. */
export interface RecordedFetch {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly requests: Request[];
}

export function answering(body: string | null, init: ResponseInit = {}): RecordedFetch {
  const requests: Request[] = [];
  return {
    requests,
    async fetch(request) {
      requests.push(request);
      return new Response(body, init);
    },
  };
}
