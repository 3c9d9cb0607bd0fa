#!/usr/bin/env node
/**
 * The entry point of the command line. Node 12.22 and newer can load this file, so an old Node can print which version is
 * needed. Syntax that only newer versions of Node understand is in files that are imported later.
 */
import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";

/** The oldest supported major version of Node, as in `engines` in package.json. */
const oldest = 24;

if (Number.parseInt(process.versions.node, 10) < oldest) {
  console.error(`apple-enrollment needs Node ${oldest} or newer; this is Node ${process.versions.node}.`);
  process.exitCode = 2;
} else {
  // In a checkout, Node strips the types of every file that it loads. The cache makes later starts faster.
  if (import.meta.url.endsWith(".ts")) {
    nodeModule.enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/node", import.meta.url)));
  }
  // The import is not awaited, because Node 12 does not support top-level await.
  void import("./program.ts");
}
