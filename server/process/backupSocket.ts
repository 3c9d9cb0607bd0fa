/**
 * How another process asks the one that serves for a backup: a SQLite file belongs to its service alone. Over a Unix socket beside
 * the database, so that who may is who can write there. Windows has none of these; there, the service is stopped first.
 */
import { once } from "node:events";
import { lstatSync, rmSync } from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import { text } from "node:stream/consumers";
import { StartRefused } from "../shared/startRefused.ts";

function doorOf(database: string): string {
  return `${database}-backup`;
}

/**
 * @param database its file, which nobody else serves. @param backUp copies it into a new file.
 * @throws Error of the system, where no socket can be.
 */
export async function openBackupDoor(database: string, backUp: (file: string) => Promise<void>): Promise<Server> {
  const door = doorOf(database);
  // Of a service that was killed. A file of that name is somebody's copy: it stays, and there is no door.
  if (lstatSync(door, { throwIfNoEntry: false })?.isSocket()) rmSync(door);
  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    socket.on("error", () => {});
    // Who knocks and says nothing keeps no service from stopping.
    socket.unref();
    try {
      await backUp(await text(socket));
      socket.end();
    } catch (error) {
      socket.end(error instanceof Error ? error.message : String(error));
    }
  });
  // Made for its owner alone: a chmod afterwards would be a moment late.
  const mask = process.umask(0o177);
  try {
    server.listen(door);
  } finally {
    process.umask(mask);
  }
  await once(server, "listening");
  // Who knocks while the process has no descriptor left isn't heard; the service goes on.
  server.on("error", () => {});
  return server;
}

/**
 * @param file absolute; not there yet.
 * @returns whether a service serves the database, and has copied it. @throws StartRefused if it could not.
 */
export async function askForBackup(database: string, file: string): Promise<boolean> {
  const socket = createConnection({ path: doorOf(database), allowHalfOpen: true });
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
