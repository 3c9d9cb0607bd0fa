/**
 * The backup socket: only one process can use a SQLite file, so the command `backup` asks the running service for a backup. The
 * Unix socket is next to the database, and only a user who may write there can connect to it. On Windows the socket does not
 * exist; there the service must be stopped before a backup.
 */
import { once } from "node:events";
import { lstatSync, rmSync } from "node:fs";
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { StartRefused } from "../shared/startRefused.ts";

function socketPath(database: string): string {
  return `${database}-backup`;
}

/** Ends a file name in a request, because no file name contains this character. */
const endOfName = "\0";

/** The answer to a request whose backup has been written. Any other answer is an error message. */
const writtenAnswer = "written";

/** Copies the database to a new file. If the signal aborts, it deletes the incomplete file. */
type BackUp = (file: string, signal: AbortSignal) => Promise<void>;

/**
 * Opens the backup socket. A client sends a file name, and keeps its side of the connection open until the answer. A client
 * that ends its side earlier was interrupted, so the service deletes the incomplete file.
 * @param database the SQLite file of this service.
 * @throws the system's error if the socket cannot be created.
 */
export async function openBackupSocket(database: string, backUp: BackUp): Promise<Server> {
  const path = socketPath(database);
  // A socket of this name is left over from a killed service. A regular file may be the user's: it is kept, and listen fails.
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket()) rmSync(path);
  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    socket.on("error", () => {});
    // A client that connects and sends nothing must not keep the service from stopping.
    socket.unref();
    const interruption = new AbortController();
    const interrupt = () => interruption.abort(new Error("the client was interrupted"));
    socket.once("end", interrupt).once("close", interrupt);
    try {
      const file = await readFileName(socket, interruption.signal);
      await backUp(file, interruption.signal);
      socket.end(writtenAnswer);
    } catch (error) {
      socket.end(error instanceof Error ? error.message : String(error));
    }
  });
  // The umask gives only the owner access. With a chmod after listen, other users would have access for a moment.
  const mask = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(mask);
  }
  await once(server, "listening");
  // If the process runs out of file descriptors, a connection is lost, but the service must continue.
  server.on("error", () => {});
  return server;
}

/** @throws the signal's reason if the client leaves before it has sent a file name. */
function readFileName(socket: Socket, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    socket.setEncoding("utf8").on("data", (part: string) => {
      received += part;
      if (received.endsWith(endOfName)) resolve(received.slice(0, -endOfName.length));
    });
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

/**
 * Asks the running service for a backup.
 * @param file the absolute path of a file that does not exist yet.
 * @param signal stops the backup: the service then deletes its incomplete file.
 * @returns true if the service has written the backup, false if no service uses the database.
 * @throws StartRefused if the service could not write the backup, or the signal's reason.
 */
export async function requestBackup(database: string, file: string, signal: AbortSignal): Promise<boolean> {
  const socket = createConnection({ path: socketPath(database), allowHalfOpen: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve).once("error", reject);
    });
  } catch {
    return false;
  }
  socket.on("error", () => {});
  const interrupt = () => void socket.end();
  signal.addEventListener("abort", interrupt);
  try {
    socket.write(`${file}${endOfName}`);
    // If the service was killed, the connection may end with an error instead of an empty answer.
    const answer = await text(socket).catch(() => "");
    signal.throwIfAborted();
    if (answer === "") throw new StartRefused(stoppedMessage);
    if (answer !== writtenAnswer) throw new StartRefused(`The service could not write the backup: ${answer}.`);
    return true;
  } finally {
    signal.removeEventListener("abort", interrupt);
    socket.destroy();
  }
}

const stoppedMessage =
  "The service stopped before it had answered, so there is no backup. Run the command again: it also works without the service.";
