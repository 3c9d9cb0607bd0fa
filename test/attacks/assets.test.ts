/** Repeated requests for the files of the docs, from a client that does not read the answers. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { test } from "node:test";
import { enterTarget } from "./target.ts";

const target = await enterTarget();

// Each waiting answer has an open file and 64 KiB of memory, so their number must be limited.
test("500 pipelined requests for a file open it only a few times", {
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
