/** Sends raw HTTP/1.1, including requests that HTTP libraries refuse to send, and reads complete answers. */
import { connect } from "node:net";

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed JSON; undefined if the answer has another media type. */
  readonly body: unknown;
}

type Bytes = string | Buffer;

/** The milliseconds after which a request counts as unanswered. */
const patience = 10_000;

/**
 * Sends the chunks in turn and reads until the service closes the connection.
 * The last request must have `Connection: close`, or the service must always close the connection after it.
 * @throws Error if the connection is still open after a while.
 */
export async function exchange(port: number, ...chunks: readonly Bytes[]): Promise<readonly RawAnswer[]> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const received: Buffer[] = [];
  socket.on("data", (bytes) => received.push(bytes));
  const closed = new Promise<void>((resolve, reject) => {
    const limit = setTimeout(() => {
      socket.destroy();
      const soFar = Buffer.concat(received).toString().slice(0, 200);
      reject(new Error(`The connection is still open after ${patience} ms; received was ${JSON.stringify(soFar)}.`));
    }, patience);
    // A connection reset counts as closing. The answers received before the reset are valid.
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(limit);
      resolve();
    });
  });
  for (const [index, chunk] of chunks.entries()) {
    // Without this pause, the chunks could arrive as a single one.
    if (index > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    // In Latin-1 a string can represent any byte.
    socket.write(typeof chunk === "string" ? Buffer.from(chunk, "latin1") : chunk);
  }
  await closed;
  return parseAnswers(Buffer.concat(received));
}

/** @throws Error if the bytes are not a sequence of complete answers. */
function parseAnswers(bytes: Buffer): readonly RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const end = rest.indexOf("\r\n\r\n");
    if (end < 0) throw new Error(`This is no whole answer: ${JSON.stringify(rest.toString().slice(0, 200))}`);
    const [line = "", ...fields] = rest.subarray(0, end).toString("latin1").split("\r\n");
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1];
    if (status === undefined) throw new Error(`This is no status line: ${JSON.stringify(line.slice(0, 200))}`);
    const headers = new Headers(fields.map((field) => splitField(field)));
    const start = end + 4;
    const length = Number(headers.get("content-length") ?? 0);
    if (rest.length < start + length) throw new Error(`The body of ${line} ends before its ${length} bytes.`);
    const text = rest.subarray(start, start + length).toString();
    const isJson = headers.get("content-type")?.startsWith("application/json") === true;
    answers.push({ status: Number(status), headers, text, body: isJson && text !== "" ? JSON.parse(text) : text });
    rest = rest.subarray(start + length);
  }
  return answers;
}

function splitField(field: string): [name: string, value: string] {
  const colon = field.indexOf(":");
  return [field.slice(0, colon), field.slice(colon + 1).trim()];
}
