#!/usr/bin/env node
/**
 * The entry of the command line. In a checkout Node strips the types of each file it loads: what comes of it is kept
 * with the project's other caches, and a start takes 0.8 of the time.
 */
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

if (import.meta.url.endsWith(".ts"))
  enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/node", import.meta.url)));
await import("./commands.ts");
