/** A client requests the static files of the docs many times without reading the answers. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { test } from "node:test";
import { enterTarget } from "./target.ts";

const target = await enterTarget();

// Each unread answer keeps a file open and takes 64 KiB of memory, so the service must limit how many it prepares at once.
test("opens a static file only a few times for 500 pipelined requests", {
  skip: process.platform === "linux" ? false : "open files can be counted on Linux only",
}, async () => {
  const socket = connect(target.port, "127.0.0.1").on("error", () => {});
  socket.write("GET /docs/static/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(500));
  await target.shoot({ target: "/beta/nothing" });
  await target.shoot({ target: "/beta/nothing" });
  const opened = readdirSync(`/proc/${target.pid}/fd`).length;
  socket.destroy();
  assert.ok(opened < 100, `${opened} files are open`);
});
