/**
 * The backup socket: a SQLite file belongs to the one process that serves it, so another process asks that one for a backup.
 * The Unix socket is next to the database, and only a user who may write there can use it. On Windows there is no such
 * socket; the service is stopped first.
 */
import { once } from "node:events";
import { lstatSync, rmSync } from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import { text } from "node:stream/consumers";
import { StartRefused } from "../shared/startRefused.ts";

function socketPath(database: string): string {
  return `${database}-backup`;
}

/**
 * Each connection sends the name of a file, and is answered with nothing, or with what went wrong.
 * @param database file that only this process serves. @param backUp copies it into a new file.
 * @throws Error of the system if the socket cannot be created.
 */
export async function openBackupSocket(database: string, backUp: (file: string) => Promise<void>): Promise<Server> {
  const path = socketPath(database);
  // A socket is left over from a killed service. A regular file of that name is a user's copy: it stays, and listen fails.
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket()) rmSync(path);
  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    socket.on("error", () => {});
    // A client that connects and sends nothing must not keep the service from stopping.
    socket.unref();
    try {
      await backUp(await text(socket));
      socket.end();
    } catch (error) {
      socket.end(error instanceof Error ? error.message : String(error));
    }
  });
  // Created for its owner alone: after a later chmod, others would have had access for a moment.
  const mask = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(mask);
  }
  await once(server, "listening");
  // If the process runs out of file descriptors, a connection is lost; the service goes on.
  server.on("error", () => {});
  return server;
}

/**
 * @param file absolute path of a file that does not exist yet.
 * @returns whether a service serves the database; if so, it has written the copy. @throws StartRefused if it could not.
 */
export async function requestBackup(database: string, file: string): Promise<boolean> {
  const socket = createConnection({ path: socketPath(database), allowHalfOpen: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve).once("error", reject);
    });
  } catch {
    return false;
  }
  socket.end(file);
  const failure = await text(socket);
  if (failure !== "") throw new StartRefused(`The service could not write the backup: ${failure}.`);
  return true;
}
