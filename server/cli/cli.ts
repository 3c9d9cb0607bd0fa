#!/usr/bin/env node
/**
 * The entry of the command line. It is written so that a Node from 12.22 on can load it, and says which one is needed; what
 * an old one can't load comes after that.
 */
import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";

/** The major version, as package.json's `engines` has it. */
const oldest = 24;

if (Number.parseInt(process.versions.node, 10) < oldest) {
  console.error(`apple-enrollment needs Node ${oldest} or newer; this is Node ${process.versions.node}.`);
  process.exitCode = 2;
} else {
  // In a checkout Node strips the types of each file it loads: what comes of it is kept with the project's other caches,
  // and a start takes 0.8 of the time.
  if (import.meta.url.endsWith(".ts")) {
    nodeModule.enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/node", import.meta.url)));
  }
  // Not awaited, which Node 12 doesn't know outside a function.
  void import("./program.ts");
}
