/**
 * A keep-alive connection that sends one request at a time and reports each answer.
 *
 * It replaces autocannon for three reasons. autocannon needs 80 to 90 % of a core for a bare node:http server, this about
 * 60 %. It measures latencies in whole milliseconds, which is too coarse. At the end of a run it drops the running requests, so
 * that the number of changes is unknown; this waits for every answer.
 */
import { connect, type Socket } from "node:net";
import type { LoadRequest, NextRequest } from "./requests.ts";

export interface Observer {
  /** @param start the time at which the request was sent, from performance.now(). */
  answered(request: LoadRequest, start: number): void;
  failed(reason: string): void;
  /** Whether another request shall be sent. */
  wantsMore(): boolean;
}

/** The longest time to an answer, in milliseconds. */
const answerTimeout = 10_000;

/** Sends requests one after another until the observer wants no more. Resolves when the last one is answered. */
export function runConnection(port: number, next: NextRequest, observer: Observer): Promise<void> {
  return new Promise((resolve) => {
    let current: LoadRequest | undefined;
    let start = 0;
    const socket: Socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      // One buffer for all answers of the connection, so that there is no garbage to collect.
      onread: {
        buffer: Buffer.allocUnsafe(65_536),
        callback: (length, buffer) => {
          receive(Buffer.from(buffer.buffer, buffer.byteOffset, length));
          return true;
        },
      },
    });
    const answer = new AnswerParser();

    const send = () => {
      current = observer.wantsMore() ? next() : undefined;
      if (current === undefined) return void socket.end();
      start = performance.now();
      socket.write(current.bytes);
    };
    const receive = (bytes: Buffer) => {
      if (current === undefined || !answer.take(bytes)) return;
      if (answer.status >= 200 && answer.status < 300) observer.answered(current, start);
      else observer.failed(String(answer.status));
      send();
    };
    const fail = (reason: string) => {
      if (current !== undefined) observer.failed(reason);
      current = undefined;
      socket.destroy();
    };
    socket.on("connect", send);
    socket.setTimeout(answerTimeout, () => fail("no answer"));
    socket.on("end", () => fail("connection closed"));
    socket.on("error", (error) => {
      observer.failed("code" in error ? String(error.code) : error.message);
      current = undefined;
    });
    socket.on("close", () => resolve());
  });
}

/** Parses the answer that is arriving. */
class AnswerParser {
  status = 0;
  /** The number of bytes of the body that have not arrived. */
  #missing = 0;
  /** Bytes that cannot be parsed yet: an incomplete head, or a chunked body whose end has not arrived. */
  #pending: Buffer | undefined;

  /** Parses the bytes that have arrived. Returns true when the answer is complete. */
  take(arrived: Buffer): boolean {
    if (this.#missing > 0) {
      this.#missing -= arrived.length;
      return this.#missing <= 0;
    }
    const bytes = this.#pending === undefined ? arrived : Buffer.concat([this.#pending, arrived]);
    this.#pending = undefined;
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) return this.#keep(bytes);
    const head = bytes.toString("latin1", 0, end);
    this.status = Number(head.slice(9, 12));
    const length = /\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length !== undefined) {
      this.#missing = end + 4 + Number(length) - bytes.length;
      return this.#missing <= 0;
    }
    if (this.status === 204 || this.status === 304) return true;
    // Only the end of the last chunk can match: JSON contains no line feed.
    return bytes.subarray(-5).equals(lastChunk) || this.#keep(bytes);
  }

  #keep(bytes: Buffer): false {
    // A copy, because the socket reuses its buffer.
    this.#pending = Buffer.from(bytes);
    return false;
  }
}

const lastChunk = Buffer.from("0\r\n\r\n");
