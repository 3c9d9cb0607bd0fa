/**
 * Limits the memory for answers that clients do not read. The operating system accepts an answer of the usual size at once.
 * The rest of a longer answer stays in the memory of the process until the client reads it or leaves, or until the time limit
 * `times.silence`.
 */
import type { ServerResponse } from "node:http";
import { unreadAnswers } from "../../shared/limits.ts";
import { Shares } from "../../shared/shares.ts";

interface Unread {
  readonly tenant: string;
  readonly length: number;
}

/** The unread answers of this process, the oldest first. */
const unread = new Map<ServerResponse, Unread>();
const shares = new Shares();

/**
 * Counts an answer as unread if the operating system does not accept it at once. If all unread answers together exceed the
 * limit, closes the oldest connections of the tenant with the largest share.
 * @param length the length of the body in characters.
 */
export function watchAnswer(answer: ServerResponse, length: number, tenant: string): void {
  if (length < unreadAnswers.counted) return;
  setImmediate(() => {
    if (answer.writableFinished || answer.destroyed) return;
    unread.set(answer, { tenant, length });
    shares.add(tenant, length);
    answer.once("close", () => forget(answer));
    while (shares.total > unreadAnswers.perProcess) closeOldest(shares.largest());
  });
}

function closeOldest(tenant: string | undefined): void {
  for (const [answer, { tenant: owner }] of unread) {
    if (owner !== tenant) continue;
    answer.socket?.destroy();
    // `close` is emitted later, and in some releases of Node not at all (nodejs/node#62534).
    forget(answer);
    return;
  }
}

function forget(answer: ServerResponse): void {
  const known = unread.get(answer);
  if (known === undefined) return;
  unread.delete(answer);
  shares.add(known.tenant, -known.length);
}
