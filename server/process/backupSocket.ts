/**
 * The backup socket: only one process can use a SQLite file, so the command `backup` asks the running service for a backup. The
 * Unix socket is next to the database, and only a user who may write there can connect to it. On Windows the socket does not
 * exist; there the service must be stopped before a backup.
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
 * Opens the backup socket. A client sends a file name and receives an error message, or nothing if the backup has been written.
 * @param database the SQLite file of this service. @param backUp copies the database to a new file.
 * @throws the system's error if the socket cannot be created.
 */
export async function openBackupSocket(database: string, backUp: (file: string) => Promise<void>): Promise<Server> {
  const path = socketPath(database);
  // A socket of this name is left over from a killed service. A regular file may be the user's: it is kept, and listen fails.
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

/**
 * Asks the running service for a backup.
 * @param file the absolute path of a file that does not exist yet.
 * @returns true if the service has written the backup, false if no service uses the database.
 * @throws StartRefused if the service could not write the backup.
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
