/**
 * A keep-alive connection that sends one request at a time and reports each answer.
 *
 * This module is used instead of autocannon for three reasons. autocannon uses more CPU time per request. It measures
 * latencies only in whole milliseconds. At the end of a run it aborts the running requests, so that the number of changes is
 * unknown, whereas this module waits for every answer.
 */
import { connect, type Socket } from "node:net";
import type { LoadRequest, NextRequest } from "./requests.ts";

export interface Observer {
  /** Called after each answer. @param start the time at which the request was sent, from performance.now(). */
  answered(request: LoadRequest, start: number): void;
  failed(reason: string): void;
  /** Returns whether the connection is to send another request. */
  wantsMore(): boolean;
}

/** The time limit for an answer, in milliseconds. */
const answerTimeout = 10_000;

/** Sends requests one after another until `wantsMore` returns false. Resolves when the last request is answered. */
export function runConnection(port: number, next: NextRequest, observer: Observer): Promise<void> {
  return new Promise((resolve) => {
    let current: LoadRequest | undefined;
    let start = 0;
    const socket: Socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      // All answers use one buffer, so that no garbage is created.
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

/** Parses an answer from the chunks in which it arrives. */
class AnswerParser {
  status = 0;
  /** The number of body bytes that have not arrived yet. */
  #missing = 0;
  /** Bytes that cannot be parsed yet: an incomplete head, or a chunked body whose end has not arrived. */
  #pending: Buffer | undefined;

  /** Parses the given bytes. Returns true if they complete the answer. */
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
    // The body cannot match, because its JSON contains no line feed, so a match is the end of the last chunk.
    return bytes.subarray(-5).equals(lastChunk) || this.#keep(bytes);
  }

  #keep(bytes: Buffer): false {
    // The bytes are copied, because the socket reuses its buffer.
    this.#pending = Buffer.from(bytes);
    return false;
  }
}

const lastChunk = Buffer.from("0\r\n\r\n");
