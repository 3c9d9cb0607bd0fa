/**
 * One keep-alive connection that has one request under way at a time and counts what comes back.
 *
 * Why not autocannon: beside a bare node:http server it needed 80 to 90 % of a core, where this needs about 60 %; it
 * knows latencies only in whole milliseconds, too coarse to compare them; and at the end of a run it drops what is
 * under way, so that nobody can tell how many of the requests have changed the store. Here every request is awaited.
 */
import { connect, type Socket } from "node:net";
import type { NextRequest, Request } from "./requests.ts";

export interface Observer {
  /** @param start as performance.now() told it. */
  answered(request: Request, start: number): void;
  failed(reason: string): void;
  /** Whether another request is to be sent. */
  goesOn(): boolean;
}

/** How long an answer may take, milliseconds. */
const patience = 10_000;

/** Sends requests one after another until the observer has enough, and resolves when the last is answered. */
export function runConnection(port: number, next: NextRequest, observer: Observer): Promise<void> {
  return new Promise((resolve) => {
    let current: Request | undefined;
    let start = 0;
    const socket: Socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      // One buffer for all answers of a connection: no garbage.
      onread: {
        buffer: Buffer.allocUnsafe(65_536),
        callback: (length, buffer) => {
          receive(Buffer.from(buffer.buffer, buffer.byteOffset, length));
          return true;
        },
      },
    });
    const answer = new Answer();

    const send = () => {
      current = observer.goesOn() ? next() : undefined;
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
    socket.setTimeout(patience, () => fail("no answer"));
    socket.on("end", () => fail("connection closed"));
    socket.on("error", (error) => {
      observer.failed("code" in error ? String(error.code) : error.message);
      current = undefined;
    });
    socket.on("close", () => resolve());
  });
}

/** The answer that is being received. */
class Answer {
  status = 0;
  /** Bytes of the body that are still to come. */
  #missing = 0;
  /** What can't be read yet: half a head, or a chunked body, which is not worth to be read before its end is there. */
  #kept: Buffer | undefined;

  /** Takes what has arrived. Returns true when the answer is whole. */
  take(arrived: Buffer): boolean {
    if (this.#missing > 0) {
      this.#missing -= arrived.length;
      return this.#missing <= 0;
    }
    const bytes = this.#kept === undefined ? arrived : Buffer.concat([this.#kept, arrived]);
    this.#kept = undefined;
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
    // Nothing but a chunk's end can stand here: JSON holds no bare line feed.
    return bytes.subarray(-5).equals(lastChunk) || this.#keep(bytes);
  }

  #keep(bytes: Buffer): false {
    // A copy: the buffer it came in is filled anew.
    this.#kept = Buffer.from(bytes);
    return false;
  }
}

const lastChunk = Buffer.from("0\r\n\r\n");
